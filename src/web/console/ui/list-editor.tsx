import { useEffect, useId, useRef } from 'preact/hooks';
import { t } from '../i18n.js';
import { Button } from './button.js';

interface ListEditorProps {
  readonly title: string;
  readonly hint?: string;
  readonly items: readonly string[];
  readonly onChange: (items: readonly string[]) => void;
  /** What is wrong with one of them. */
  readonly problemOf: (index: number) => string | undefined;
  /** What is wrong with the list itself. */
  readonly problem?: string | undefined;
  /** The words on the button for one more. */
  readonly add: string;
  readonly placeholder?: string;
}

/** A list of addresses, hosts or names: a field for each. */
export function ListEditor(props: ListEditorProps) {
  const { title, hint, items, onChange, problemOf, problem } = props;
  const id = useId();
  const group = useRef<HTMLDivElement>(null);
  const isAdding = useRef(false);
  useEffect(() => {
    if (!isAdding.current) return;
    isAdding.current = false;
    [...(group.current?.querySelectorAll('input') ?? [])].at(-1)?.focus();
  }, [items.length]);
  const replace = (index: number, text: string): void => {
    onChange(items.map((item, at) => (at === index ? text : item)));
  };
  return (
    <div ref={group} class="list-editor" role="group" aria-labelledby={id}>
      <span class="title" id={id}>
        {title}
      </span>
      {hint === undefined ? null : <p class="hint">{hint}</p>}
      {items.map((item, index) => {
        const wrong = problemOf(index);
        return (
          <div class="row" key={index}>
            <input
              class="address"
              type="text"
              aria-label={t('list.entry', { title, number: index + 1 })}
              aria-invalid={wrong === undefined ? undefined : true}
              aria-describedby={wrong === undefined ? undefined : `${id}-${index}`}
              value={item}
              placeholder={props.placeholder}
              spellcheck={false}
              autocomplete="off"
              onInput={({ currentTarget }) => replace(index, currentTarget.value)}
            />
            <button
              type="button"
              class="icon-button"
              aria-label={t('list.remove', { item: item === '' ? String(index + 1) : item })}
              onClick={() => onChange(items.filter((_, at) => at !== index))}
            >
              ×
            </button>
            {wrong === undefined ? null : (
              <div class="problem" role="alert" id={`${id}-${index}`}>
                {wrong}
              </div>
            )}
          </div>
        );
      })}
      {problem === undefined ? null : (
        <div class="problem" role="alert">
          {problem}
        </div>
      )}
      <Button
        onClick={() => {
          isAdding.current = true;
          onChange([...items, '']);
        }}
      >
        {props.add}
      </Button>
    </div>
  );
}
