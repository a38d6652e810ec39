import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import { notFound } from '../core/errors.js';
import { type Locale, LOCALES } from '../core/reasons.js';
import { readUrl } from '../core/read-url.js';
import { IN_ARABIC } from './articles/arabic.js';
import { pageInstead } from './answer-missing.js';
import { type Story, STORIES } from './articles.js';
import { DemonstrationSite } from './demonstration-site.js';
import { PageHeaders } from './page-headers.js';
import { arabicPage, articlePage } from './pages/article-page.js';
import { frontPage, type Visit } from './pages/front-page.js';
import { elsewhereNotice, missingNotice } from './pages/notice.js';
import type { PageLanguage } from './pages/words.js';

/** The demonstration's pages: an invented French-language news site that has the widget. */
@ApiExcludeController()
@Controller()
export class PagesController {
  constructor(
    private readonly demonstration: DemonstrationSite,
    @Inject(CONFIG) private readonly config: Pick<VigieConfig, 'publicUrl'>,
  ) {}

  @PageHeaders()
  @Get('demo')
  front(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.show(request, reply, 'fr', frontPage);
  }

  @PageHeaders()
  @Get('articles/:slug')
  article(
    @Param('slug') slug: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const story = storyOf(slug);
    if (story === undefined) return missing(request, reply);
    return this.show(request, reply, 'fr', (visit) => articlePage(story, visit));
  }

  @PageHeaders()
  @Get('articles/ar/:slug')
  inArabic(
    @Param('slug') slug: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const story = slug === IN_ARABIC.slug ? storyOf(slug) : undefined;
    if (story === undefined) return missing(request, reply);
    return this.show(request, reply, 'ar', (visit) => arabicPage(story, visit));
  }

  private async show(
    request: FastifyRequest,
    reply: FastifyReply,
    language: PageLanguage,
    write: (visit: Visit) => string,
  ): Promise<string> {
    const { publicUrl } = this.config;
    const address = `${publicUrl}${request.url}`;
    if (isOtherNameOfThisMachine(request.host, publicUrl)) {
      void reply.redirect(address, 307);
      return '';
    }
    const found = await this.demonstration.find();
    if ('missing' in found) {
      const notice = missingNotice(found.missing, language);
      return write({ now: new Date(), site: null, widgetLanguage: null, notice });
    }
    const { site, key } = found;
    const rule = await this.demonstration.shownRule(site);
    const listed = site.origins.some((origin) => new URL(origin).host === request.host);
    return write({
      now: new Date(),
      site: { publishableKey: key, rule },
      widgetLanguage: askedLanguage(request.query),
      notice: listed ? null : elsewhereNotice(address, language),
    });
  }
}

/** `?widget=es` lets the widget speak another language than the page; what else stands there is for others. */
function askedLanguage(query: unknown): Locale | null {
  const { widget } = query as Record<string, unknown>;
  return LOCALES.find((locale) => locale === widget) ?? null;
}

const storyOf = (slug: string): Story | undefined => STORIES.find((candidate) => candidate.slug === slug);

/** @throws VigieError NOT_FOUND where no page is asked for */
function missing(request: FastifyRequest, reply: FastifyReply): string {
  const page = pageInstead(request, reply);
  if (page === null) throw notFound('article');
  return page;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * localhost and 127.0.0.1 are two origins: pictures opened under both would be two images each, and a visitor's readers
 * be forgotten on the way. So there is one of them.
 */
function isOtherNameOfThisMachine(host: string, publicUrl: string): boolean {
  const wanted = new URL(publicUrl);
  const asked = readUrl(`${wanted.protocol}//${host}`);
  if (host === wanted.host || asked === null) return false;
  return asked.port === wanted.port && LOOPBACK.has(asked.hostname) && LOOPBACK.has(wanted.hostname);
}
