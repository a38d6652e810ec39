import { language, LANGUAGES, type Language, t } from '../i18n.js';
import { blur, grey, pressToSee, theme } from '../preferences.js';
import { BlurRange } from '../ui/blur-range.js';
import { CheckBox } from '../ui/check-box.js';
import { Field } from '../ui/field.js';
import { LanguageMissing, useLanguageChoice } from '../ui/language-choice.js';
import { Segments } from '../ui/segments.js';
import sample from './sample.svg';

/** Language, colours, and how pictures are shown until they are held; kept by the browser. */
export function Appearance() {
  const { choose, missing } = useLanguageChoice();
  return (
    <section class="card stack">
      <h2>{t('account.appearance')}</h2>
      <Field label={t('signIn.language')}>
        {(control) => (
          <select
            {...control}
            value={language.value}
            onChange={({ currentTarget }) => choose(currentTarget.value as Language)}
          >
            {Object.entries(LANGUAGES).map(([code, { name }]) => (
              <option key={code} value={code} lang={code}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <LanguageMissing of={missing} />
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
            <BlurRange {...control} aria-valuetext={t('account.blurValue', { value: blur.value })} />
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
      <CheckBox
        checked={grey.value}
        onChange={(isOn) => {
          grey.value = isOn;
        }}
      >
        {t('account.grey')}
      </CheckBox>
      <CheckBox
        checked={pressToSee.value}
        onChange={(isOn) => {
          pressToSee.value = isOn;
        }}
      >
        {t('review.press')}
      </CheckBox>
    </section>
  );
}
