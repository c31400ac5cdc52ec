import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { CommandName } from './faults.ts';

/** A server that takes every request and never answers. */
export interface SilentServer {
  /** Sends all of the client's calls of the command here. */
  takeOver(client: DynamoDBClient, command: CommandName): void;
  close(): void;
}

export async function openSilentServer(): Promise<SilentServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => sockets.add(socket.on('error', () => socket.destroy())));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    takeOver(client, command) {
      client.middlewareStack.add(
        (next, { commandName }) =>
          async (args) => {
            if (commandName === `${command}Command`) {
              Object.assign(args.request as object, { port });
            }
            return await next(args);
          },
        { step: 'finalizeRequest', name: 'takeOver' },
      );
    },
    close() {
      server.close();
      for (const socket of sockets) {
        socket.destroy();
      }
    },
  };
}
