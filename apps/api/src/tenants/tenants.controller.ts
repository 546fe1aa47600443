import { Body, Controller, Delete, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access';
import type { Answer } from '../http/answer';
import { ListQuery } from '../http/list.dto';
import { Context, type RequestContext } from '../http/request-context';
import { CreateTenantDto, PatchTenantDto, TenantDto, TenantPageDto } from './tenant.dto';
import { TenantsService } from './tenants.service';

@ApiTags('tenants')
@Controller('v1/tenants')
export class TenantsController {
  constructor(@Inject(TenantsService) private readonly tenants: TenantsService) {}

  @Get()
  @Access('tenant', 'read')
  @ApiOperation({ operationId: 'listTenants', summary: 'List the tenants in which one may act' })
  @ApiOkResponse({ type: TenantPageDto })
  list(@Context() context: RequestContext, @Query() query: ListQuery): Promise<TenantPageDto> {
    return this.tenants.list(context, query);
  }

  @Post()
  @Access('tenant', 'create')
  @ApiOperation({ operationId: 'createTenant', summary: 'Create a tenant, with an address space of its own' })
  @ApiCreatedResponse({ type: TenantDto })
  create(@Body() body: CreateTenantDto): Promise<Answer<TenantDto>> {
    return this.tenants.create(body);
  }

  @Get(':tenant')
  @Access('tenant', 'read')
  @ApiOperation({ operationId: 'getTenant', summary: 'Read a tenant' })
  @ApiOkResponse({ type: TenantDto })
  get(@Context() context: RequestContext): Promise<TenantDto> {
    return this.tenants.get(context);
  }

  @Patch(':tenant')
  @Access('tenant', 'update')
  @ApiOperation({ operationId: 'patchTenant', summary: 'Change labels and grants of a tenant' })
  @ApiOkResponse({ type: TenantDto })
  patch(@Context() context: RequestContext, @Param('tenant') _ref: string, @Body() body: PatchTenantDto): Promise<Answer<TenantDto>> {
    return this.tenants.patch(context, body);
  }

  @Delete(':tenant')
  @Access('tenant', 'delete')
  @ApiOperation({ operationId: 'deleteTenant', summary: 'Delete a tenant that has nothing left; its tokens and memberships go with it' })
  @ApiNoContentResponse({ description: 'It is gone.' })
  remove(@Context() context: RequestContext): Promise<Answer<never>> {
    return this.tenants.remove(context);
  }
}
