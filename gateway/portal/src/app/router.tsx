import { createBrowserRouter } from 'react-router';
import { Pages } from './routes';

// One route for all: the pages choose for themselves. A data router, as only that lets a page
// hold the reader back (useUnsaved).
export const makeRouter = () => createBrowserRouter([{ path: '*', element: <Pages /> }]);
