import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { initPrefs } from './app/prefs';
import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/ui.css';
import './styles/print.css';

// The words first: nothing is painted twice.
await initPrefs();
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
