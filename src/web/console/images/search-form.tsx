import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { addressOf } from '../api.js';
import { t } from '../i18n.js';
import { site, sites } from '../session.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { type Sought, understand } from './search.js';

/** One field for all that names an image. */
export function SearchForm({ given }: { readonly given: string }) {
  const { route } = useLocation();
  const [text, setText] = useState(given);
  const [slug, setSlug] = useState('');
  const [isMissing, setMissing] = useState(false);
  const sought = understand(text);
  const all = sites.value;
  const isChoice = sought !== null && sought.by !== 'image' && site.value === null && all.length > 1;
  const find = (it: Sought): void => {
    if (it.by === 'image') return route(`/console/images/${it.value}`);
    const of = site.value?.slug ?? slug;
    if (of === '') return setMissing(true);
    route(addressOf('/console/images', { ...(all.length > 1 ? { site: of } : {}), [it.by]: it.value }));
  };
  return (
    <form
      class="image-search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        if (sought !== null) find(sought);
      }}
    >
      <Field
        label={t('images.search')}
        hint={sought === null ? t('images.searchHint') : t('images.understood', { by: sought.by })}
      >
        {(control) => (
          <input
            {...control}
            type="search"
            dir="ltr"
            autocomplete="off"
            spellcheck={false}
            maxLength={2048}
            value={text}
            onInput={({ currentTarget }) => {
              setText(currentTarget.value);
              setMissing(false);
            }}
          />
        )}
      </Field>
      {isChoice ? (
        <Field
          label={t('images.site')}
          hint={t('images.siteNeeded')}
          problem={isMissing ? t('images.siteNeeded') : undefined}
        >
          {(control) => (
            <select {...control} value={slug} onChange={({ currentTarget }) => setSlug(currentTarget.value)}>
              <option value="" />
              {all.map((one) => (
                <option key={one.slug} value={one.slug}>
                  {one.name}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : null}
      <Button type="submit" kind="main">
        {t('images.searchGo')}
      </Button>
    </form>
  );
}
