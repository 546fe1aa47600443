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
