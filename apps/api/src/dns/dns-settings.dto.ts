import { domainPattern, type DnsSettings } from '@netyard/contracts';
import { Address } from '@netyard/inet';
import { ApiPropertyOptional, ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { fieldError } from '../objects/object-row';
import { Nested } from '../http/nested';

const nameRule = { message: '$property must be DNS names in lower case, without the final dot' };

export class ExtraHostDto {
  @ApiProperty({ example: 'printer' })
  @IsString()
  @Matches(domainPattern, { message: 'name must be a DNS name in lower case, without the final dot' })
  name: string;

  @ApiProperty({ example: '192.0.2.9' })
  @IsString()
  @MaxLength(64)
  address: string;
}

export class DnsSettingsDto {
  @ApiPropertyOptional({ type: [String], maxItems: 6, example: ['lab.example'], description: 'Domains that are tried for short names.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(6)
  @IsString({ each: true })
  @Matches(domainPattern, { each: true, ...nameRule })
  search?: string[];

  @ApiPropertyOptional({ type: [String], maxItems: 8, example: ['ndots:1'], description: 'Options of resolv.conf(5).' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(8)
  @IsString({ each: true })
  @Matches(/^[a-z0-9-]{1,32}(:\d{1,3})?$/, { each: true, message: 'options must be words of resolv.conf(5), such as ndots:1' })
  options?: string[];

  @ApiPropertyOptional({
    type: [String],
    maxItems: 6,
    example: ['192.0.2.53'],
    description: 'Servers that unknown names go to, asked from inside the sandbox; the host’s own when there are none.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(6)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  servers?: string[];

  @ApiPropertyOptional({ type: [ExtraHostDto], maxItems: 64, description: 'Names that are answered besides those of discovery.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(64)
  @Nested({ each: true })
  @Type(() => ExtraHostDto)
  hosts?: ExtraHostDto[];
}

export class DnsSettingsViewDto implements DnsSettings {
  @ApiProperty({ type: [String] })
  search: string[];
  @ApiProperty({ type: [String] })
  options: string[];
  @ApiProperty({ type: [String] })
  servers: string[];
  @ApiProperty({ type: [ExtraHostDto] })
  hosts: ExtraHostDto[];
}

/** The settings with what is given in place of what there was; addresses canonical. Throws NetyardError for one that is none. */
export function mergeDnsSettings(present: DnsSettings, { search, options, servers, hosts }: DnsSettingsDto, pointer: string): DnsSettings {
  return {
    search: search ?? present.search,
    options: options ?? present.options,
    servers: servers?.map((server, index) => canonical(server, `${pointer}/servers/${index}`)) ?? present.servers,
    hosts:
      hosts?.map(({ name, address }, index) => ({ name, address: canonical(address, `${pointer}/hosts/${index}/address`) })) ??
      present.hosts,
  };
}

function canonical(text: string, pointer: string): string {
  const address = Address.parse(text);
  if (!address) throw fieldError('invalid-value', `"${text}" is no IP address`, pointer);
  return address.toString();
}
