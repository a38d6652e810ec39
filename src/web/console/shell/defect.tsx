import { Component, type ComponentChildren } from 'preact';
import { t } from '../i18n.js';
import { Button } from '../ui/button.js';
import { Page } from '../ui/page.js';

interface DefectProps {
  /** Where one is: elsewhere it is tried anew. */
  readonly path: string;
  readonly children: ComponentChildren;
}

interface DefectState {
  readonly defect: unknown;
}

/** Shows a page about a defect of ours in the place of the page that has it; the menu stays. */
export class DefectBoundary extends Component<DefectProps, DefectState> {
  override state: DefectState = { defect: null };

  static override getDerivedStateFromError(error: unknown): DefectState {
    return { defect: error };
  }

  override componentDidCatch(error: unknown): void {
    // For whoever looks into the browser's console to help.
    console.error(error);
  }

  override componentDidUpdate({ path }: DefectProps): void {
    if (path !== this.props.path && this.state.defect !== null) this.setState({ defect: null });
  }

  override render() {
    const { defect } = this.state;
    return defect === null ? this.props.children : <DefectPage defect={defect} />;
  }
}

function DefectPage({ defect }: { readonly defect: unknown }) {
  return (
    <Page title={t('defect.title')}>
      <div class="empty bad" role="alert">
        <p class="empty-title">{t('defect.text')}</p>
        <code class="address">{defect instanceof Error ? defect.message : String(defect)}</code>
        <div class="actions">
          <Button kind="main" onClick={() => location.reload()}>
            {t('defect.again')}
          </Button>
          <a class="button" href="/console/" target="_top">
            {t('notFound.back')}
          </a>
        </div>
      </div>
    </Page>
  );
}
