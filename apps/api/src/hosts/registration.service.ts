import { Injectable } from '@nestjs/common';
@Injectable()
export class RegistrationService { [key: string]: any }
