import { DEFAULT_SCOPES, isScope, SCOPES, scopesOf } from '../../src/access/scopes.js';

describe('scopes', () => {
  it('grow with the role', () => {
    const [moderator, lead, admin] = [scopesOf('moderator'), scopesOf('lead'), scopesOf('admin')];
    expect(lead).toEqual(expect.arrayContaining(moderator));
    expect(admin).toEqual(SCOPES.filter((scope) => scope !== 'legal'));
    expect(moderator).not.toContain('rules');
    expect(lead).toEqual(expect.arrayContaining(['rules', 'members', 'webhooks']));
    expect(lead).not.toContain('keys');
  });

  it('hold the permission to open what is sealed for those alone who have it, whatever their role', () => {
    expect(scopesOf('admin')).not.toContain('legal');
    expect(scopesOf('moderator', true)).toContain('legal');
  });

  it('that a token gets unasked touch no keys, members or rules', () => {
    for (const scope of ['keys', 'members', 'rules', 'sites', 'tokens', 'webhooks', 'legal'])
      expect(DEFAULT_SCOPES).not.toContain(scope);
    expect(scopesOf('moderator')).toEqual(expect.arrayContaining([...DEFAULT_SCOPES]));
  });

  it.each(['review', 'settings:read'])('%s is one', (scope) => expect(isScope(scope)).toBe(true));
  it.each(['Review', '', 'admin', 7, null])('%j is none', (scope) => expect(isScope(scope)).toBe(false));
});
