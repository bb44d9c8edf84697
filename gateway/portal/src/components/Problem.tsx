// What the server said to a form or a sheet, beside the button that asked.
import { explain, isSignedOut } from '@/api/errors';

interface Props {
  error: unknown;
  // At the sign-in form itself.
  signIn?: boolean;
}

export function Problem({ error, signIn }: Props) {
  // The dialog that renews the session says it, and is gone once it is renewed.
  const shown = error && (signIn || !isSignedOut(error));
  return (
    <div className="problem-slot" role="alert" data-testid="problem">
      {shown ? <p className="problem">{explain(error).text}</p> : null}
    </div>
  );
}
