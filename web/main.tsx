import { render } from 'preact';
import { useState } from 'preact/hooks';
import { createReboundClient } from '../client/index.ts';

function App() {
  const [count, setCount] = useState(0);
  return (
    <button type="button" onClick={() => setCount(count + 1)}>
      {count}
      {typeof createReboundClient({ baseUrl: '/' })}
    </button>
  );
}
const root = document.getElementById('app');
if (root !== null) render(<App />, root);
