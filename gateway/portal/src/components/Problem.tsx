// What the server said to a form or a sheet, beside the button that asked.
import { explain } from '@/api/errors';

export function Problem({ error }: { error: unknown }) {
  return (
    <div className="problem-slot" role="alert" data-testid="problem">
      {error ? <p className="problem">{explain(error).text}</p> : null}
    </div>
  );
}
