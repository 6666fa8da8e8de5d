import { lazy, Suspense, useRef } from 'react';
import { useNoStrayDrops } from '../../images/useNoStrayDrops';
import { Boundary } from '../../layout/Boundary';
import { ConflictDialog } from './ConflictDialog';
import { DiscardDialog } from './DiscardDialog';
import { GameFields } from './GameFields';
import styles from './GameForm.module.css';
import { PastStartDialog } from './PastStartDialog';
import { SaveBar } from './SaveBar';
import { useFocusAfterRefusal } from './useFocusAfterRefusal';
import { type GameFormOptions, useGameForm } from './useGameForm';

const EmbedPreview = lazy(() => import('./EmbedPreview'));

export function GameForm(options: GameFormOptions) {
  const ref = useRef<HTMLFormElement>(null);
  const form = useGameForm(options);
  const { values, pictures, base, errors } = form.state;
  useFocusAfterRefusal(ref, form.state.refusals);
  useNoStrayDrops();

  return (
    <div className={styles.columns}>
      <form ref={ref} className={styles.form} noValidate onSubmit={form.submit}>
        <GameFields
          values={values}
          base={base?.game ?? null}
          pictured={form.pictured}
          host={form.host}
          pictures={pictures}
          errors={errors}
          onChange={form.changeField}
          onPictureChange={form.changePicture}
          onPictureObstacle={form.setObstacle}
        />
        <SaveBar saving={form.saving} onCancel={form.cancel} onDiscard={form.discard} />
      </form>

      <aside className={styles.preview} aria-label="Preview">
        <Boundary fallback={<p>The preview could not be loaded.</p>}>
          <Suspense>
            <EmbedPreview values={values} host={form.host} game={form.pictured} pictures={pictures} />
          </Suspense>
        </Boundary>
      </aside>
      <FormDialog form={form} />
    </div>
  );
}

function FormDialog({ form }: { form: ReturnType<typeof useGameForm> }) {
  const { values, pictures, base, dialog } = form.state;
  switch (dialog?.kind) {
    case 'pastStart':
      return <PastStartDialog start={values.scheduled_at} onClose={form.closeDialog} onSave={form.acceptPastStart} />;
    case 'discard':
      return <DiscardDialog mayBeSaved={form.mayBeSaved()} onClose={form.closeDialog} onDiscard={form.leave} />;
    case 'conflict':
      return (
        base && (
          <ConflictDialog
            base={base.game}
            mine={{ values, pictures }}
            theirs={dialog.latest.game}
            onClose={form.closeDialog}
            onSave={form.resolveConflict}
          />
        )
      );
    default:
      return null;
  }
}
