import { render } from 'preact';
import { App } from './app/app.tsx';
import { Entrance } from './app/entrance.tsx';
import { applyTheme, readTheme } from './session/theme.ts';

applyTheme(readTheme());
history.scrollRestoration = 'manual';
const root = document.getElementById('app');
if (root !== null) render(<Entrance>{(opened) => <App {...opened} />}</Entrance>, root);
