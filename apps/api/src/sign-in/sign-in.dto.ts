import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';

const methodTypes = ['password', 'oidc'] as const;

export class SignInMethodDto {
  @ApiProperty({ enum: methodTypes, description: '`password`: POST /v1/sessions; `oidc`: POST /v1/sign-in/oidc.' })
  type: (typeof methodTypes)[number];
  @ApiProperty({ example: 'campus', description: 'Of the provider; `password` for passwords.' })
  name: string;
  @ApiProperty({ example: 'Campus account', description: 'For people.' })
  title: string;
}

export class SignInMethodListDto {
  @ApiProperty({ type: [SignInMethodDto] })
  items: SignInMethodDto[];
}

export class BeginSignInDto {
  @ApiProperty({ example: 'campus', description: 'Name of the provider.' })
  @IsString()
  @MinLength(1)
  @MaxLength(63)
  provider: string;
}

export class BegunSignInDto {
  @ApiProperty({
    format: 'uri',
    description: 'Where to send the browser. The provider sends it back to the dashboard, at `/sign-in/callback`.',
  })
  authorizationUrl: string;
  @ApiProperty({
    example: 'ny_mPq4…',
    description: 'A secret that belongs to the browser that is sent: keep it in its cookie, out of reach of scripts, until it is back.',
  })
  flow: string;
  @ApiProperty({ format: 'date-time', description: 'Until when it may come back.' })
  expiresAt: string;
}

export class CompleteSignInDto {
  @ApiProperty({ example: 'ny_mPq4…', description: 'As it was given when the sign-in was begun. Good once.' })
  @IsString()
  @MinLength(1)
  @MaxLength(128)
  flow: string;

  @ApiProperty({
    example: 'code=SplxlOBe&state=af0ifjsl&iss=https%3A%2F%2Fid.example.net',
    description: 'The query with which the provider has sent the browser back, as it is.',
  })
  @IsString()
  @MinLength(1)
  @MaxLength(8192)
  query: string;
}
