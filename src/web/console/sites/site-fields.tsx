import { LOCALES, REASONS, type Reason } from '../../../core/reasons.js';
import { t } from '../i18n.js';
import { CheckField, ChoiceField, Group, TextField } from '../ui/form.js';
import { ListEditor } from '../ui/list-editor.js';
import type { SiteForm } from './site-form.js';

export interface SiteFieldsProps {
  readonly slug: string;
  readonly form: SiteForm;
  readonly change: (part: Partial<SiteForm>) => void;
  readonly problems: (pointer: string) => string | undefined;
}

const TIME_ZONES = Intl.supportedValuesOf('timeZone');

/** What a site is, but for its address rules. */
export function SiteFields({ form, change, problems }: SiteFieldsProps) {
  const toggle = (reason: Reason, isOn: boolean): void => {
    change({ reasons: REASONS.filter((one) => (one === reason ? isOn : form.reasons.includes(one))) });
  };
  return (
    <>
      <Group title={t('sites.group.site')}>
        <TextField
          label={t('sites.field.name')}
          value={form.name}
          problem={problems('/name')}
          onInput={(name) => change({ name })}
        />
        <div class="fields">
          <ChoiceField
            label={t('sites.field.locale')}
            hint={t('sites.hint.locale')}
            value={form.locale}
            problem={problems('/locale')}
            options={LOCALES.map((value) => ({ value, label: t(`sites.locale.${value}`) }))}
            onChange={(locale) => change({ locale })}
          />
          <ChoiceField
            label={t('sites.field.timeZone')}
            hint={t('sites.hint.timeZone')}
            value={form.timeZone}
            problem={problems('/timeZone')}
            options={[...new Set([form.timeZone, 'UTC', ...TIME_ZONES])].map((value) => ({
              value,
              label: value,
            }))}
            onChange={(timeZone) => change({ timeZone })}
          />
        </div>
      </Group>
      <Group title={t('sites.group.where')}>
        <ListEditor
          title={t('sites.field.origins')}
          hint={t('sites.hint.origins')}
          items={form.origins}
          onChange={(origins) => change({ origins })}
          problemOf={(index) => problems(`/origins/${index}`)}
          problem={problems('/origins')}
          add={t('sites.add.origin')}
          placeholder="https://www.example.ma"
        />
        <ListEditor
          title={t('sites.field.imageHosts')}
          hint={t('sites.hint.imageHosts')}
          items={form.imageHosts}
          onChange={(imageHosts) => change({ imageHosts })}
          problemOf={(index) => problems(`/imageHosts/${index}`)}
          problem={problems('/imageHosts')}
          add={t('sites.add.host')}
          placeholder="cdn.example.ma"
        />
      </Group>
      <Group title={t('sites.group.reasons')} hint={t('sites.hint.reasons')}>
        <div class="checks">
          {REASONS.map((reason) => (
            <CheckField
              key={reason}
              label={t(`reason.${reason}`)}
              checked={form.reasons.includes(reason)}
              onChange={(isOn) => toggle(reason, isOn)}
            />
          ))}
        </div>
        {problems('/reasons') === undefined ? null : (
          <p class="problem" role="alert">
            {problems('/reasons')}
          </p>
        )}
      </Group>
      <Group title={t('sites.group.review')}>
        <ChoiceField
          label={t('sites.field.nearMatches')}
          hint={t('sites.hint.nearMatches')}
          value={form.nearMatches}
          problem={problems('/nearMatches')}
          options={(['suggest', 'block'] as const).map((value) => ({
            value,
            label: t(`sites.near.${value}`),
          }))}
          onChange={(nearMatches) => change({ nearMatches })}
        />
        <TextField
          label={t('sites.field.severeInstructions')}
          hint={t('sites.hint.severeInstructions', { length: [...form.severeInstructions].length })}
          lines={8}
          value={form.severeInstructions}
          problem={problems('/severeInstructions')}
          onInput={(severeInstructions) => change({ severeInstructions })}
        />
      </Group>
    </>
  );
}
