import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { loadAnew } from './app/PageBoundary';
import { initPrefs } from './app/prefs';
import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/tabs.css';
import './styles/page.css';
import './styles/work.css';
import './styles/lists.css';
import './styles/forms.css';
import './styles/feedback.css';
import './styles/charts.css';
import './styles/print.css';

window.addEventListener('vite:preloadError', () => void loadAnew());

// The words first: nothing is painted twice.
await initPrefs();
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
