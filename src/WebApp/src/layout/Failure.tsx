/** What went wrong, and the way to try again. */
export function Failure({ error, retry }: { error: Error; retry: () => void }) {
  return (
    <div className="state" role="alert">
      <h2>This did not work</h2>
      <p>{error.message}</p>
      <button type="button" className="button primary" onClick={retry}>
        Try again
      </button>
    </div>
  );
}
