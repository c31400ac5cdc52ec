import { buildApp } from 'fauxqs';

// jest cannot load the emulator of SQS, so it runs beside it: says where it answers, and ends with its standard input.
const app = buildApp({ logger: false });
console.log(await app.listen({ host: '127.0.0.1', port: 0 }));
process.stdin.resume().once('end', () => process.exit(0));
