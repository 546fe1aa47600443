import { ApiProperty } from '@nestjs/swagger';

export class ShareMetadataDto {
  @ApiProperty({ example: 'class-b', description: 'Name of the tenant that may use the network.' })
  name: string;
  @ApiProperty({ format: 'uuid', description: 'Id of that tenant.' })
  id: string;
  @ApiProperty({ format: 'date-time' })
  createdAt: string;
}

export class ShareDto {
  @ApiProperty({ type: ShareMetadataDto })
  metadata: ShareMetadataDto;
}

export class ShareListDto {
  @ApiProperty({ type: [ShareDto], description: 'By name.' })
  items: ShareDto[];
}

export class SharedNetworkDto {
  @ApiProperty({ example: 'web' })
  name: string;
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ example: 'class-a', description: 'Name of the tenant whose it is.' })
  owner: string;
}

export class NetworkShareDto extends ShareDto {
  @ApiProperty({ type: SharedNetworkDto, description: 'What is shared.' })
  network: SharedNetworkDto;
}

export class NetworkShareListDto {
  @ApiProperty({ type: [NetworkShareDto], description: 'By network, then by the tenant that may use it.' })
  items: NetworkShareDto[];
}
