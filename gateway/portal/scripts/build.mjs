// The portal as the gateway serves it: built beside dist/, packed, and then put there.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { precompress } from './precompress.mjs';
import { publish } from './publish.mjs';

const fresh = fileURLToPath(new URL('../dist.new', import.meta.url));
await build({ build: { outDir: fresh, emptyOutDir: true } });
console.log(`precompressed ${await precompress(fresh)} files`);
await publish(fresh, fileURLToPath(new URL('../dist', import.meta.url)));
