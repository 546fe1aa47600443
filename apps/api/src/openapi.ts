import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
import { parseConfig } from './config';
import { buildDocument } from './http/openapi-document';

// Prints the OpenAPI document. Nothing is instantiated: no database is needed.
const config = parseConfig({ DATABASE_URL: 'postgresql:///netyard', NETYARD_ADMIN_TOKEN: 'none-needed' });
const app = await NestFactory.create(AppModule.with(config), { preview: true, logger: false, abortOnError: false });
process.stdout.write(`${JSON.stringify(buildDocument(app), null, 2)}\n`);
