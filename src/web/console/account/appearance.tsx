import { language, LANGUAGES, type Language, t } from '../i18n.js';
import { blur, grey, pressToSee, theme } from '../preferences.js';
import { Field } from '../ui/field.js';
import { Segments } from '../ui/segments.js';
import sample from './sample.svg';

/** The strongest blur that can be chosen. */
const MOST = 12;

/** Language, colours, and how pictures are shown until they are held; kept by the browser. */
export function Appearance() {
  return (
    <section class="card stack">
      <h2>{t('account.appearance')}</h2>
      <Field label={t('signIn.language')}>
        {(control) => (
          <select
            {...control}
            value={language.value}
            onChange={({ currentTarget }) => {
              language.value = currentTarget.value as Language;
            }}
          >
            {Object.entries(LANGUAGES).map(([code, { name }]) => (
              <option key={code} value={code} lang={code}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Segments
        label={t('theme.title')}
        value={theme.value}
        choices={[
          { value: 'light', name: t('theme.light') },
          { value: 'dark', name: t('theme.dark') },
          { value: 'system', name: t('theme.system') },
        ]}
        onChoose={(value) => {
          theme.value = value;
        }}
      />
      <Field label={t('account.blur')} hint={t('account.blurHint')}>
        {(control) => (
          <div class="blur-choice">
            <input
              {...control}
              type="range"
              min={0}
              max={MOST}
              step={1}
              value={blur.value}
              aria-valuetext={t('account.blurValue', { value: blur.value })}
              onInput={({ currentTarget }) => {
                blur.value = Number(currentTarget.value);
              }}
            />
            <output>{t('account.blurValue', { value: blur.value })}</output>
          </div>
        )}
      </Field>
      <div
        class={`picture sample ${grey.value ? 'grey' : ''}`}
        style={{ '--blur': String(blur.value) }}
        role="img"
        aria-label={t('account.blurSample')}
      >
        <img src={sample} alt="" width="480" height="320" />
      </div>
      <label class="check">
        <input
          type="checkbox"
          checked={grey.value}
          onChange={({ currentTarget }) => {
            grey.value = currentTarget.checked;
          }}
        />
        <span>{t('account.grey')}</span>
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={pressToSee.value}
          onChange={({ currentTarget }) => {
            pressToSee.value = currentTarget.checked;
          }}
        />
        <span>{t('review.press')}</span>
      </label>
    </section>
  );
}
