/** Says what went wrong, and offers to try again. */
export function Failure({ error, retry }: { error: Error; retry: () => void }) {
  return (
    <div className="state" role="alert">
      <h2>Something went wrong</h2>
      <p>{error.message}</p>
      <button type="button" className="button primary" onClick={retry}>
        Try again
      </button>
    </div>
  );
}
