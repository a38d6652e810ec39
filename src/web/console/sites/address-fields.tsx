import type { AddressPreset } from '../../../core/address-presets/presets.js';
import { t } from '../i18n.js';
import { CheckField, Group } from '../ui/form.js';
import { ListEditor } from '../ui/list-editor.js';
import type { SiteFieldsProps } from './site-fields.js';
import { rulesOf } from './site-form.js';
import { TryAddress } from './try-address.js';

const PRESETS = [
  'wordpress',
  'photon',
  'cloudinary',
  'imgix',
  'cloudflare',
  'nextjs',
  'thumbor',
] as const satisfies readonly AddressPreset[];

/** Which addresses of a site are one picture, and what they make of an address that one tries. */
export function AddressFields({ slug, form, change, problems }: SiteFieldsProps) {
  const toggle = (preset: string, isOn: boolean): void => {
    change({ presets: isOn ? [...form.presets, preset] : form.presets.filter((one) => one !== preset) });
  };
  const list = (name: 'imgixHosts' | 'ignoreParameters' | 'removePaths', placeholder: string) => (
    <ListEditor
      title={t(`sites.field.${name}`)}
      hint={t(`sites.hint.${name}`)}
      items={form[name]}
      onChange={(items) => change({ [name]: items })}
      problemOf={(index) => problems(`/addressRules/${name}/${index}`)}
      problem={problems(`/addressRules/${name}`)}
      add={t(`sites.add.${name}`)}
      placeholder={placeholder}
    />
  );
  return (
    <Group title={t('sites.group.addresses')} hint={t('sites.hint.addresses')}>
      <div class="checks" role="group" aria-label={t('sites.presets')}>
        {PRESETS.map((preset) => (
          <CheckField
            key={preset}
            label={t(`sites.preset.${preset}`)}
            checked={form.presets.includes(preset)}
            onChange={(isOn) => toggle(preset, isOn)}
          />
        ))}
      </div>
      {form.presets.includes('imgix') || form.imgixHosts.length > 0
        ? list('imgixHosts', 'img.example.ma')
        : null}
      {list('ignoreParameters', 'resize_*')}
      {list('removePaths', '/resize/{digits}x{digits?}/')}
      <div class="checks">
        {(['ignoreWww', 'ignoreScheme', 'ignorePathCase', 'sortParameters'] as const).map((name) => (
          <CheckField
            key={name}
            label={t(`sites.field.${name}`)}
            checked={form[name]}
            onChange={(isOn) => change({ [name]: isOn })}
          />
        ))}
      </div>
      <TryAddress slug={slug} rules={rulesOf(form)} />
    </Group>
  );
}
