import { uploadImage } from '../api/images';
import { Problem } from '../api/problem';

export type UploadState =
  /** @param sent The share that has been sent, from 0 to 1. */
  | { kind: 'sending'; sent: number }
  | { kind: 'done'; id: string }
  | { kind: 'failed'; problem: Problem }
  | { kind: 'cancelled' };

/** A picture that is uploaded as soon as it is chosen. It keeps the file, so that the upload can be repeated. */
export class PictureUpload {
  readonly file: File;
  /** Shows the picture on this page. */
  readonly url: string;
  state: UploadState = { kind: 'sending', sent: 0 };
  private readonly guildId: string;
  private readonly listeners = new Set<() => void>();
  private readonly cancellation = new AbortController();
  private running: Promise<void> = Promise.resolve();

  /** @param guildId The guild whose quota counts the picture; an empty text for none. */
  constructor(file: File, guildId: string) {
    this.file = file;
    this.guildId = guildId;
    this.url = URL.createObjectURL(file);
    this.start();
  }

  /** Whether the service rejects this file each time. */
  get isRefused(): boolean {
    return this.state.kind === 'failed' && !this.state.problem.quota && [413, 415, 422, 451].includes(this.state.problem.status);
  }

  /** Uploads the file, or uploads it again. */
  start() {
    this.change({ kind: 'sending', sent: 0 });
    this.running = this.run();
  }

  /** Cancels the upload, and releases the memory of the picture. */
  cancel() {
    this.cancellation.abort();
    URL.revokeObjectURL(this.url);
  }

  /**
   * Waits for the end of the upload. An upload that has failed is repeated first, unless the service refused the file.
   * @returns The id of the image.
   * @throws {Problem} The upload failed.
   * @throws {DOMException} AbortError: the member replaced or removed the picture.
   */
  async finish(): Promise<string> {
    if (this.state.kind === 'failed' && !this.isRefused) this.start();
    await this.running;
    if (this.state.kind === 'done') return this.state.id;
    throw this.state.kind === 'failed' ? this.state.problem : new DOMException('A picture was replaced or removed.', 'AbortError');
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  private async run() {
    const { signal } = this.cancellation;
    try {
      const { id } = await uploadImage(this.file, this.guildId, (sent) => this.change({ kind: 'sending', sent }), signal);
      this.change({ kind: 'done', id });
    } catch (error) {
      this.change(error instanceof Problem ? { kind: 'failed', problem: error } : { kind: 'cancelled' });
    }
  }

  private change(state: UploadState) {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}
