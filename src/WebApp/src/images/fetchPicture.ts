import { imageUrl } from '../api/games';
import { Problem } from '../api/problem';

/**
 * Fetches a stored picture as a file. The service stores the same bytes once, so a game that is sent with this file shows the same
 * picture.
 * @throws {Problem} The picture could not be fetched. The status is 404 when it was deleted.
 */
export async function fetchPicture(id: string, signal: AbortSignal): Promise<File> {
  try {
    const response = await fetch(imageUrl(id), { signal });
    if (!response.ok) throw Problem.read(response.status, await response.text(), response.headers.get('Retry-After'));
    const bytes = await response.blob();
    return new File([bytes], id, { type: bytes.type });
  } catch (error) {
    throw signal.aborted || error instanceof Problem ? error : Problem.unreachable();
  }
}
