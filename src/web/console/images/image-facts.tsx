import type { ComponentChildren } from 'preact';
import type { BlockView, ImageHistory } from '../../../contract/image-history.js';
import type { EncodingView } from '../../../contract/contents.js';
import { formatNumber, formatTime, t, type TextKey, tOr } from '../i18n.js';
import { Address } from '../ui/address.js';
import { Ago } from '../ui/ago.js';
import { Evidence } from '../ui/evidence.js';
import { nameOfImage } from '../ui/image-name.js';
import { Reasons } from '../ui/reasons.js';
import { visible } from '../ui/visible-controls.js';

const Section = ({ title, children }: { readonly title: TextKey; readonly children: ComponentChildren }) => (
  <section class="card stack">
    <h2>{t(title)}</h2>
    {children}
  </section>
);

const lineOf = ({ round, status, outcome }: ImageHistory['cases'][number]): string =>
  t('image.caseLine', { round, status, outcome: outcome ?? 'none' });

/** All that is known of an image besides its state. */
export const ImageFacts = ({ image }: { readonly image: ImageHistory }) => (
  <div class="image-facts">
    <Section title="image.blocks">
      {image.blocks.length === 0 ? <p class="hint">{t('image.blocksNone')}</p> : null}
      {image.blocks.map((block) => (
        <Block key={`${block.source} ${block.since}`} block={block} />
      ))}
      {image.followers === 0 ? null : (
        <p>
          <a href={`/console/images?follows=${image.id}`}>
            {t('image.followers', { count: image.followers })}
          </a>
        </p>
      )}
    </Section>
    <Section title="image.cases">
      {image.cases.length === 0 ? <p class="hint">{t('image.casesNone')}</p> : null}
      <ul class="image-lines">
        {image.cases.map((one) => (
          <li key={one.id}>
            {one.status === 'closed' ? (
              <span>{lineOf(one)}</span>
            ) : (
              <a href={`/console/review/${one.id}`}>{lineOf(one)}</a>
            )}{' '}
            <span class="hint">
              <Ago at={one.closedAt ?? one.openedAt} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
    <Section title="image.rounds">
      <ul class="image-lines">
        {image.rounds.map((round) => (
          <li key={round.round}>
            {t('image.round', {
              round: round.round,
              reporters: round.reporters,
              notCounted: round.notCounted,
            })}{' '}
            <Reasons reasons={round.reasons} />
          </li>
        ))}
      </ul>
    </Section>
    <Section title="image.contents">
      {image.contents.length === 0 ? <p class="hint">{t('image.contentsNone')}</p> : null}
      <ul class="image-lines">
        {[...image.contents].reverse().map((content) => (
          <li key={content.version}>
            {t('image.content', {
              version: content.version,
              now: content.leftAt === null ? 'yes' : 'no',
              verdict: content.verdict ?? 'none',
              announced: content.announced ? 'yes' : 'no',
            })}
            <ul class="hint">
              <li>{formatTime(content.beganAt)}</li>
              {content.encodings.map((one) => (
                <li key={one.sha256}>
                  <Encoding of={one} /> · <bdi class="address">{one.sha256.slice(0, 12)}…</bdi>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Section>
    <Section title="image.matches">
      {image.matches.length > 0 ? null : (
        <p class="hint">
          {image.unmatched === null
            ? t('image.matchesNone')
            : t('image.unmatched', { why: image.unmatched.replaceAll('-', '_') })}
        </p>
      )}
      <ul class="image-lines">
        {image.matches.map((match) => (
          <li key={match.image.id}>
            {t('image.matchLine', {
              verdict: match.verdict,
              identical: match.identical ? 'yes' : 'no',
              distance: match.distance,
              acting: match.acting ? 'yes' : 'no',
            })}{' '}
            {match.whyNot === null ? null : t('image.whyNot', { why: match.whyNot.replaceAll('-', '_') })}{' '}
            <Address of={nameOfImage(match.image)} href={`/console/images/${match.image.id}`} />
          </li>
        ))}
      </ul>
    </Section>
    {image.addresses.length === 0 ? null : (
      <Section title="image.addresses">
        <p class="hint">{t('image.addressesHint')}</p>
        <ul class="image-lines">
          {image.addresses.map(({ url, boundBy }) => (
            <li key={url}>
              <Address of={url} /> <span class="hint">{t('image.boundBy', { by: boundBy })}</span>
            </li>
          ))}
        </ul>
      </Section>
    )}
  </div>
);

const Block = ({ block }: { readonly block: BlockView }) => (
  <div class="stack image-block">
    {block.evidence !== null ? (
      <Evidence evidence={block.evidence} />
    ) : (
      <p>
        {t('image.blockOf', { source: block.source, reason: tOr(`reason.${block.reason}`, block.reason) })}{' '}
        <span class="hint">
          <Ago at={block.since} />
        </span>
      </p>
    )}
    {block.note === null || block.note === '' ? null : (
      <blockquote class="hint" dir="auto">
        {visible(block.note)}
      </blockquote>
    )}
    {block.match === null ? null : (
      <a href={`/console/images/${block.match.image}`}>{t('image.mergedOpen')}</a>
    )}
  </div>
);

/** Its size, type and weight. Each by itself: between Arabic words they would turn around, or run into each other. */
const Encoding = ({ of: { width, height, format, bytes } }: { readonly of: EncodingView }) => (
  <>
    <bdi dir="ltr">
      {width ?? '?'} × {height ?? '?'}
    </bdi>
    {' · '}
    <bdi dir="ltr">{format ?? '?'}</bdi>
    {' · '}
    <bdi>
      {bytes === null
        ? '?'
        : formatNumber(bytes / 1_000, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 })}
    </bdi>
  </>
);
