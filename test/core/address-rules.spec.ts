import {
  checkAddressRules,
  MOST_ADDRESS_RULES,
  MOST_TEMPLATES,
  NO_ADDRESS_RULES,
} from '../../src/core/address-rules.js';

describe('address rules as somebody gives them', () => {
  const pointersOf = (given: Parameters<typeof checkAddressRules>[0]): string[] =>
    checkAddressRules(given, '/addressRules').wrong.map(({ pointer }) => pointer);

  it('are stored as what is in force: without what is off, empty, or said twice', () => {
    const given = {
      presets: ['wordpress', 'wordpress'],
      imgixHosts: ['Pictures.Example.ma'],
      ignoreParameters: [],
      ignoreWww: true,
      ignoreScheme: false,
    };
    expect(checkAddressRules(given, '')).toEqual({
      rules: { presets: ['wordpress'], imgixHosts: ['pictures.example.ma'], ignoreWww: true },
      wrong: [],
    });
    expect(checkAddressRules({}, '')).toEqual({ rules: NO_ADDRESS_RULES, wrong: [] });
  });

  it('are refused entry by entry, whatever stands there', () => {
    expect(
      pointersOf({
        presets: ['wordpress', 'no such preset', 7],
        imgixHosts: ['not a host'],
        ignoreParameters: ['', null],
        removePaths: ['no slash'],
      }),
    ).toEqual([
      '/addressRules/presets/1',
      '/addressRules/presets/2',
      '/addressRules/imgixHosts/0',
      '/addressRules/ignoreParameters/0',
      '/addressRules/ignoreParameters/1',
      '/addressRules/removePaths/0',
    ]);
  });

  it('are no more than a site needs: the rest is not even looked at', () => {
    const many = Array.from({ length: MOST_ADDRESS_RULES + 1 }, (_, n) => `parameter-${n}`);
    const templates = Array.from({ length: MOST_TEMPLATES + 1 }, (_, n) => `/crop-${n}/`);
    const { rules } = checkAddressRules({ ignoreParameters: many, removePaths: templates }, '');
    expect(rules.ignoreParameters).toHaveLength(MOST_ADDRESS_RULES);
    expect(pointersOf({ ignoreParameters: many, removePaths: templates })).toEqual([
      '/addressRules/ignoreParameters',
      '/addressRules/removePaths',
    ]);
  });
});
