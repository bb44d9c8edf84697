// Where links in mails lead: on to the page of the resource that they name.
import { Navigate, useSearchParams } from 'react-router';
import { whereOf } from '@/lib/whereOf';

export default function OpenPage() {
  const [params] = useSearchParams();
  return <Navigate to={whereOf(params.get('name') ?? '')} replace />;
}
