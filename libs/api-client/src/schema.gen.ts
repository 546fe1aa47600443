/** Generated from openapi.json by generate.mjs: change the API, not this file. */

export interface paths {
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what was done and what was refused, the latest first */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All of it, one entry a line */
        get: operations["exportAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List who made, changed and deleted which objects, the latest first */
        get: operations["listChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/drivers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List drivers, with the schema of their options */
        get: operations["listDrivers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/drivers/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a driver */
        get: operations["getDriver"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List endpoints */
        get: operations["listEndpoints"];
        put?: never;
        /** Create an endpoint, and join it when it names a sandbox */
        post: operations["createEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/endpoints/{ref}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an endpoint */
        get: operations["getEndpoint"];
        put?: never;
        post?: never;
        /** Delete an endpoint */
        delete: operations["deleteEndpoint"];
        options?: never;
        head?: never;
        /** Change labels and gateway priority of an endpoint */
        patch: operations["patchEndpoint"];
        trace?: never;
    };
    "/v1/endpoints/{ref}/counters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An endpoint’s traffic: totals, present rates, and the limits in force */
        get: operations["getEndpointCounters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/endpoints/{ref}/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Join an endpoint to a sandbox */
        post: operations["joinEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/endpoints/{ref}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an endpoint out of its sandbox; it keeps its addresses */
        post: operations["leaveEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/endpoints/{ref}/ports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List published ports of an endpoint */
        get: operations["listPorts"];
        put?: never;
        /** Publish a port, or a range of ports, of an endpoint */
        post: operations["createPort"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/endpoints/{ref}/ports/{port}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a published port */
        get: operations["getPort"];
        put?: never;
        post?: never;
        /** Close a published port */
        delete: operations["deletePort"];
        options?: never;
        head?: never;
        /** Change where a port is published, for whom, and its service name */
        patch: operations["patchPort"];
        trace?: never;
    };
    "/v1/endpoints/{ref}/ports/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish up to 1,000 ports of an endpoint: all or none */
        post: operations["createPorts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/endpoints/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create up to 1,000 endpoints: all or none */
        post: operations["createEndpoints"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/endpoints/bulk-delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete endpoints: all or none */
        post: operations["deleteEndpoints"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/endpoints/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What creating an endpoint would give now: its host, addresses and interface, or why it is refused; nothing is changed */
        post: operations["previewEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what happened, the latest first */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/hosts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List hosts */
        get: operations["listHosts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/hosts/{ref}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a host */
        get: operations["getHost"];
        put?: never;
        post?: never;
        /** Forget a host that has nothing on it; with `force`, and all that is on it */
        delete: operations["deleteHost"];
        options?: never;
        head?: never;
        /** Change labels of a host */
        patch: operations["patchHost"];
        trace?: never;
    };
    "/v1/hosts/{ref}/counters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What all of your endpoints on a host have carried, at one moment */
        get: operations["getHostCounters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/hosts/{ref}/credential": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Exchange the token of an enrolment, or the present credential, for a credential of this one host */
        put: operations["exchangeCredential"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/hosts/{ref}/feed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Follow what the host is to realise */
        get: operations["followHostFeed"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/hosts/{ref}/key-rotations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replace the keys of a host’s encrypted tunnels; with `Prefer: wait`, answered when they are replaced */
        post: operations["rotateHostKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/hosts/{ref}/placed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what of all tenants is on a host */
        get: operations["listPlaced"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/hosts/{ref}/registration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Register a host by its name, and say that it lives */
        put: operations["registerHost"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/hosts/{ref}/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say what stands on the host */
        post: operations["reportFromHost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/hosts/{ref}/tunnels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A host’s tunnels: where they lead, what they have carried, and what the underlay carries */
        get: operations["getTunnels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/hosts/enrolments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List enrolments that have not been used, without their tokens */
        get: operations["listEnrolments"];
        put?: never;
        /** Make a token by which one host enrols, once */
        post: operations["createEnrolment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/hosts/enrolments/{ref}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take an enrolment back, by the name of the host */
        delete: operations["deleteEnrolment"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/networks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List networks */
        get: operations["listNetworks"];
        put?: never;
        /** Create a network */
        post: operations["createNetwork"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/networks/{ref}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a network */
        get: operations["getNetwork"];
        put?: never;
        post?: never;
        /** Delete a network */
        delete: operations["deleteNetwork"];
        options?: never;
        head?: never;
        /** Change labels and options of a network */
        patch: operations["patchNetwork"];
        trace?: never;
    };
    "/v1/networks/{ref}/addresses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is free in a network, and who has the rest: every address, in ranges */
        get: operations["listAddresses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/networks/{ref}/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the tenants that a network is shared with */
        get: operations["listShares"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/networks/{ref}/shares/{with}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Share a network with another tenant, which may then use it and not change it */
        put: operations["putShare"];
        post?: never;
        /** Share a network no more with a tenant that has nothing on it */
        delete: operations["deleteShare"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/networks/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create up to 1,000 networks: all or none */
        post: operations["createNetworks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/networks/bulk-delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete networks that have no endpoints: all or none */
        post: operations["deleteNetworks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List policies */
        get: operations["listPolicies"];
        put?: never;
        /** Create a policy: who may speak with whom on a network */
        post: operations["createPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/{ref}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a policy */
        get: operations["getPolicy"];
        put?: never;
        post?: never;
        /** Delete a policy */
        delete: operations["deletePolicy"];
        options?: never;
        head?: never;
        /** Change the rules, the default, the priority or the labels of a policy */
        patch: operations["patchPolicy"];
        trace?: never;
    };
    "/v1/policies/{ref}/counters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many new flows each rule has decided */
        get: operations["getPolicyCounters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create up to 1,000 policies: all or none */
        post: operations["createPolicies"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/bulk-delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete policies: all or none */
        post: operations["deletePolicies"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Which present flows a policy would cut; nothing is changed */
        post: operations["previewPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List published ports of all endpoints */
        get: operations["listAllPorts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/probes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List probes of the last hour */
        get: operations["listProbes"];
        put?: never;
        /**
         * Run a probe inside a sandbox
         * @description Answers when there is a result, or when the time of the probe and 5 s are up; at once with `Prefer: respond-async`.
         */
        post: operations["createProbe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/probes/{ref}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a probe */
        get: operations["getProbe"];
        put?: never;
        post?: never;
        /** Forget a probe */
        delete: operations["deleteProbe"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/routers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the routers of the tenant, one on each host where it has a bridge or overlay network */
        get: operations["listRouters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/routers/{ref}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a router, by its id or the name of its host */
        get: operations["getRouter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sandboxes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List sandboxes */
        get: operations["listSandboxes"];
        put?: never;
        /** Create a sandbox */
        post: operations["createSandbox"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sandboxes/{ref}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a sandbox */
        get: operations["getSandbox"];
        put?: never;
        post?: never;
        /** Delete a sandbox and its endpoints */
        delete: operations["deleteSandbox"];
        options?: never;
        head?: never;
        /** Change labels of a sandbox */
        patch: operations["patchSandbox"];
        trace?: never;
    };
    "/v1/sandboxes/{ref}/resolver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a sandbox’s resolver answers, whom it asks, and how its queries ended */
        get: operations["getResolver"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sandboxes/{ref}/stack": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A sandbox’s network stack as its kernel has it: links with their counters, addresses, routes and neighbours */
        get: operations["getSandboxStack"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sandboxes/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create up to 1,000 sandboxes: all or none */
        post: operations["createSandboxes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sandboxes/bulk-delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete sandboxes and their endpoints: all or none */
        post: operations["deleteSandboxes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who asks, and what they may do where */
        get: operations["getSession"];
        put?: never;
        post?: never;
        /** End the session that asks */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change the password of the user who asks; other sessions end */
        put: operations["changePassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the sessions of the user who asks */
        get: operations["listSessions"];
        put?: never;
        /** Sign in with a name and a password; the token of the session is shown this once */
        post: operations["signIn"];
        /** End all sessions of the user who asks */
        delete: operations["signOutEverywhere"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{ref}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one session of the user who asks */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/oidc": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with what an OpenID Connect provider has sent the browser back with; the token of the session is shown this once */
        post: operations["completeOidcSignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all networks that the tenant shares, and those that are shared with it */
        get: operations["listTenantShares"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How one can sign in */
        get: operations["listSignInMethods"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sign-in/oidc": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to sign in by an OpenID Connect provider: where to send the browser */
        post: operations["beginOidcSignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the tenants in which one may act */
        get: operations["listTenants"];
        put?: never;
        /** Create a tenant, with an address space of its own */
        post: operations["createTenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{tenant}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a tenant */
        get: operations["getTenant"];
        put?: never;
        post?: never;
        /** Delete a tenant that has nothing left; its tokens and memberships go with it */
        delete: operations["deleteTenant"];
        options?: never;
        head?: never;
        /** Change labels and grants of a tenant */
        patch: operations["patchTenant"];
        trace?: never;
    };
    "/v1/tenants/{tenant}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the members of a tenant */
        get: operations["listMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{tenant}/members/{ref}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a member of a tenant, by the user’s name or id */
        get: operations["getMember"];
        /** Make a user a member of a tenant, or give a member another role */
        put: operations["putMember"];
        post?: never;
        /** End a membership */
        delete: operations["deleteMember"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{tenant}/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the tokens of a tenant, without their secrets */
        get: operations["listTokens"];
        put?: never;
        /** Make a token of a tenant; its secret is shown this once */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{tenant}/tokens/{ref}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a token of a tenant, without its secret */
        get: operations["getToken"];
        put?: never;
        post?: never;
        /** Revoke a token of a tenant: it is good for nothing from then on */
        delete: operations["deleteToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the tokens of admins and auditors, without their secrets */
        get: operations["listDeploymentTokens"];
        put?: never;
        /** Make a token of an admin or auditor; its secret is shown this once */
        post: operations["createDeploymentToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tokens/{ref}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a token of an admin or auditor, without its secret */
        get: operations["getDeploymentToken"];
        put?: never;
        post?: never;
        /** Revoke a token of an admin or auditor */
        delete: operations["deleteDeploymentToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List users */
        get: operations["listUsers"];
        put?: never;
        /** Create a user */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{ref}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a user */
        get: operations["getUser"];
        put?: never;
        post?: never;
        /** Delete a user, with all memberships */
        delete: operations["deleteUser"];
        options?: never;
        head?: never;
        /** Change labels, deployment role, password or identities of a user */
        patch: operations["patchUser"];
        trace?: never;
    };
    "/v1/watch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Follow all objects as they change */
        get: operations["watch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AddressHolder: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "endpoint" | "host";
            /** @example web */
            name: string;
            /**
             * @description Name of the sandbox that the endpoint is joined to.
             * @example web-1
             */
            sandbox: string | null;
        };
        AddressRange: {
            /** @description How many there are; rounded where it exceeds 2^53. */
            count: number;
            /** @example 10.10.0.2 */
            first: string;
            /** @description Who has it; null where nobody has, or an endpoint of another tenant. */
            holder: components["schemas"]["AddressHolder"] | null;
            /**
             * @description The same as `first` where it is one address.
             * @example 10.10.0.254
             */
            last: string;
            /**
             * @description `free`: given by Netyard, or to who asks. `reserved`: given only to who asks for it, as named in `reserved` or outside of `ipRange`. `taken`: see `holder`. `unusable`: no member of the subnet can have it.
             * @enum {string}
             */
            state: "free" | "reserved" | "taken" | "gateway" | "unusable";
            /** @example 10.10.0.0/24 */
            subnet: string;
        };
        AddressRangePage: {
            /** @description Without a gap, ascending, one subnet after the other. */
            items: components["schemas"]["AddressRange"][];
            /** @description For `cursor`; null on the last page. The same is in `Link: rel="next"`. */
            nextCursor: string | null;
        };
        AuditActor: {
            /** Format: uuid */
            id: string | null;
            /** @enum {string} */
            kind: "environment" | "token" | "user" | "host" | "enrolment" | "unknown";
            /**
             * @description Of the user or token, as it was called then.
             * @example ada
             */
            name: string;
        };
        AuditEntry: {
            actor: components["schemas"]["AuditActor"];
            /** @description Metadata and spec as they are since; of many objects, their names and ids. */
            after: {
                [key: string]: unknown;
            } | null;
            /** Format: date-time */
            at: string;
            /** @description Metadata and spec as they were. */
            before: {
                [key: string]: unknown;
            } | null;
            /** @description What was wrong. */
            detail: string | null;
            /**
             * @description Later entries have greater ones.
             * @example 17
             */
            id: string;
            /** @example PATCH */
            method: string;
            /**
             * @description As the request, or the answer, calls it.
             * @example web
             */
            object: string | null;
            /**
             * @description `refused`: 4xx, `failed`: 5xx.
             * @enum {string}
             */
            outcome: "done" | "refused" | "failed";
            /** @example /v1/networks/web */
            path: string;
            /**
             * @description The type of the problem.
             * @example /problems/forbidden
             */
            problem: string | null;
            /** @description As in `X-Request-Id` and in problems. */
            requestId: string;
            /** @enum {string|null} */
            resource: "network" | "share" | "sandbox" | "endpoint" | "port" | "policy" | "probe" | "router" | "host" | "driver" | "event" | "change" | "watch" | "tenant" | "member" | "token" | "user" | "deployment-token" | "session" | "audit" | "enrolment" | "credential" | "placement" | "intent" | null;
            /**
             * @description Where the request came from.
             * @example 192.0.2.7
             */
            source: string;
            /** @example 200 */
            status: number;
            /**
             * @description Name of the tenant that it was about; null for what nobody was let in for.
             * @example class-a
             */
            tenant: string | null;
            /** @enum {string|null} */
            verb: "read" | "create" | "update" | "delete" | null;
        };
        AuditPage: {
            items: components["schemas"]["AuditEntry"][];
            /** @description For `cursor`; null on the last page. The same is in `Link: rel="next"`. */
            nextCursor: string | null;
        };
        BeginSignIn: {
            /**
             * @description Name of the provider.
             * @example campus
             */
            provider: string;
        };
        BegunSignIn: {
            /**
             * Format: uri
             * @description Where to send the browser. The provider sends it back to the dashboard, at `/sign-in/callback`.
             */
            authorizationUrl: string;
            /**
             * Format: date-time
             * @description Until when it may come back.
             */
            expiresAt: string;
            /**
             * @description A secret that belongs to the browser that is sent: keep it in its cookie, out of reach of scripts, until it is back.
             * @example ny_mPq4…
             */
            flow: string;
        };
        BeyondGrants: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "network" | "sandbox";
            /** @example lan */
            name: string;
            /**
             * @description What of it is not granted.
             * @example parent eth1.100 of host lab-1
             */
            what: string;
        };
        BulkCreateEndpoints: {
            items: components["schemas"]["CreateEndpoint"][];
        };
        BulkCreateNetworks: {
            items: components["schemas"]["CreateNetwork"][];
        };
        BulkCreatePolicies: {
            items: components["schemas"]["CreatePolicy"][];
        };
        BulkCreatePorts: {
            items: components["schemas"]["CreatePort"][];
        };
        BulkCreateSandboxes: {
            items: components["schemas"]["CreateSandbox"][];
        };
        BulkDelete: {
            /**
             * @description Tells how many would be deleted, and deletes none.
             * @default false
             */
            dryRun?: boolean;
            /** @example team=blue,env!=prod */
            labelSelector?: string;
            /**
             * @description Names or ids. Either this or `labelSelector`.
             * @example [
             *       "a-web",
             *       "b-web"
             *     ]
             */
            refs?: string[];
        };
        BulkDeleteResult: {
            /** @description How many objects are (or, with `dryRun`, would be) deleted. */
            count: number;
            /** @description Ids of those that are not gone yet: their hosts are still being cleaned. */
            pending: string[];
        };
        Change: {
            /** @description Who did it. */
            actor: components["schemas"]["ChangeActor"];
            /** @description Metadata and spec as they are since; of many objects, their names and ids. */
            after: {
                [key: string]: unknown;
            } | null;
            /** Format: date-time */
            at: string;
            /** @description Metadata and spec as they were. */
            before: {
                [key: string]: unknown;
            } | null;
            /**
             * @description Later changes have greater ones.
             * @example 17
             */
            id: string;
            /** @enum {string} */
            kind: "network" | "sandbox" | "endpoint" | "port" | "policy" | "share";
            /** @example PATCH */
            method: string;
            /**
             * Format: uuid
             * @description Of the object; null where many were changed at once.
             */
            objectId: string | null;
            /**
             * @description As it was called then.
             * @example web
             */
            objectName: string | null;
            /** @example /v1/networks/web */
            path: string;
            /** @description As in `X-Request-Id`. */
            requestId: string;
            /** @enum {string} */
            verb: "create" | "update" | "delete";
        };
        ChangeActor: {
            /** @enum {string} */
            kind: "environment" | "token" | "user" | "host" | "enrolment";
            /**
             * @description Of the user or token, as it was called then.
             * @example ada
             */
            name: string;
        };
        ChangePage: {
            items: components["schemas"]["Change"][];
            /** @description For `cursor`; null on the last page. The same is in `Link: rel="next"`. */
            nextCursor: string | null;
        };
        ChangePassword: {
            current: string;
            password: string;
        };
        CompleteSignIn: {
            /**
             * @description As it was given when the sign-in was begun. Good once.
             * @example ny_mPq4…
             */
            flow: string;
            /**
             * @description The query with which the provider has sent the browser back, as it is.
             * @example code=SplxlOBe&state=af0ifjsl&iss=https%3A%2F%2Fid.example.net
             */
            query: string;
        };
        Condition: {
            /**
             * Format: date-time
             * @description When `status` last changed.
             */
            lastTransitionTime: string;
            /** @description A sentence for people; names the culprit. */
            message: string;
            /** @description The generation that this was observed at. */
            observedGeneration: number;
            /**
             * @description One CamelCase word that programs may compare.
             * @example Applied
             */
            reason: string;
            /** @enum {string} */
            status: "True" | "False" | "Unknown";
            /**
             * @description `Ready` sums the others up.
             * @example Ready
             */
            type: string;
        };
        Count: {
            bytes: number;
            /** @description First packets of new flows. */
            packets: number;
        };
        CreateDeploymentToken: {
            metadata?: components["schemas"]["CreateMetadata"];
            spec: components["schemas"]["CreateDeploymentTokenSpec"];
        };
        CreateDeploymentTokenSpec: {
            /**
             * @description Prefixes that requests must come from; from anywhere when left out.
             * @example [
             *       "192.0.2.0/24"
             *     ]
             */
            allowedSources?: string[];
            /**
             * Format: date-time
             * @description When it ends by itself; never when left out.
             * @example 2030-01-01T00:00:00Z
             */
            expiresAt?: string;
            /**
             * @description Good for reading alone, whatever the role.
             * @default false
             */
            readOnly?: boolean;
            /**
             * @example auditor
             * @enum {string}
             */
            role: "admin" | "auditor";
            /** @description What it is good for, of what its role may do: all when left out. The document’s `x-access` says what each operation needs. */
            scopes?: components["schemas"]["TokenScope"][];
        };
        CreateEndpoint: {
            metadata?: components["schemas"]["CreateMetadata"];
            spec: components["schemas"]["CreateEndpointSpec"];
        };
        CreateEndpointSpec: {
            /**
             * @description Addresses to have, one for each subnet at most; chosen where left out.
             * @example [
             *       "10.10.0.7"
             *     ]
             */
            addresses?: string[];
            /**
             * @description Further names, which several endpoints may share: all of their addresses are answered, in rotating order.
             * @example [
             *       "www"
             *     ]
             */
            aliases?: string[];
            /**
             * @description Of the endpoints of one sandbox, the one with the highest priority (ties: joined first) gives the default route.
             * @default 0
             */
            gatewayPriority?: number;
            /**
             * @description In the sandbox; the first free ethN when left out.
             * @example eth1
             */
            interfaceName?: string;
            limits?: components["schemas"]["EndpointLimits"];
            /**
             * @description Unicast; chosen when left out.
             * @example 02:00:00:00:00:07
             */
            macAddress?: string;
            /**
             * @description Name or id; the default bridge network of the sandbox’s host when left out.
             * @example web
             */
            network?: string;
            /**
             * @description Name or id of the sandbox to join; none when left out.
             * @example a
             */
            sandbox?: string | null;
            /**
             * @description Whether frames with another MAC or IP address than the endpoint’s own are dropped.
             * @default true
             */
            spoofingGuard?: boolean;
        };
        CreateEnrolment: {
            spec: components["schemas"]["CreateEnrolmentSpec"];
        };
        CreateEnrolmentSpec: {
            /**
             * @description Name that the host is to have; it need not be there yet.
             * @example lab-9
             */
            host: string;
            /**
             * @description How long the token is good for.
             * @default 60
             */
            minutes?: number;
        };
        CreateMetadata: {
            /**
             * @example {
             *       "team": "blue"
             *     }
             */
            labels?: {
                [key: string]: string;
            };
            /**
             * @description a DNS label: lower-case letters, digits and inner hyphens, at most 63. Made up when left out.
             * @example web
             */
            name?: string;
        };
        CreateNetwork: {
            metadata?: components["schemas"]["CreateMetadata"];
            spec: components["schemas"]["CreateNetworkSpec"];
        };
        CreateNetworkSpec: {
            /** @description For every sandbox on the network, after the sandbox’s own. */
            dns?: components["schemas"]["DnsSettings"];
            /**
             * @description A domain in which its names are answered besides `<name>` and `<name>.<network>`.
             * @example lab.example
             */
            domain?: string | null;
            /** @enum {string} */
            driver: "bridge" | "host" | "none" | "overlay" | "macvlan" | "ipvlan";
            /**
             * @description Name or id of the one host that the network is confined to.
             * @example lab-1
             */
            host?: string | null;
            /**
             * @description No way in or out.
             * @default false
             */
            internal?: boolean;
            /**
             * @description Adds a /64 of unique local addresses (RFC 4193) when no IPv6 subnet is given.
             * @default false
             */
            ipv6?: boolean;
            /**
             * @description Options of the driver: see `GET /v1/drivers`.
             * @example {
             *       "isolateEndpoints": true
             *     }
             */
            options?: {
                [key: string]: boolean | number | string;
            };
            /** @description Drawn from the address pools when left out; none where addresses come by DHCP. */
            subnets?: components["schemas"]["CreateSubnet"][];
        };
        CreatePolicy: {
            metadata?: components["schemas"]["CreateMetadata"];
            spec: components["schemas"]["CreatePolicySpec"];
        };
        CreatePolicyRule: {
            /** @enum {string} */
            action: "allow" | "deny";
            /**
             * @description As the policy’s network sees it: `ingress` is towards its endpoints.
             * @default both
             * @enum {string}
             */
            direction?: "both" | "ingress" | "egress";
            /** @description Any source when left out. */
            from?: components["schemas"]["PolicySelector"];
            /**
             * @description Destination ports and ranges, for tcp, udp and sctp; all when there are none.
             * @example [
             *       "5432",
             *       "8000-8100"
             *     ]
             */
            ports?: string[];
            /**
             * @description `icmp` is ICMP for IPv4 and ICMPv6 for IPv6.
             * @default any
             * @enum {string}
             */
            protocol?: "any" | "tcp" | "udp" | "sctp" | "icmp";
            /** @description Any destination when left out. */
            to?: components["schemas"]["PolicySelector"];
        };
        CreatePolicySpec: {
            /**
             * @description For flows that no rule of any of the network’s policies matches; one `deny` denies.
             * @default allow
             * @enum {string}
             */
            defaultAction?: "allow" | "deny";
            /**
             * @description Name or id of the network whose endpoints’ flows it decides on.
             * @example web
             */
            network: string;
            /**
             * @description The lowest of a network’s policies is looked at first; ties go by name.
             * @default 0
             */
            priority?: number;
            /** @description The first rule that matches a new flow decides. */
            rules?: components["schemas"]["CreatePolicyRule"][];
        };
        CreatePort: {
            /**
             * @description Who may connect, as prefixes without host bits; everybody when there are none.
             * @example [
             *       "10.0.0.0/8"
             *     ]
             */
            allowedSources?: string[];
            /**
             * @description The last port of a range that begins with `port`; as many are taken on the host, from `hostPort` on.
             * @example 89
             */
            endPort?: number | null;
            /**
             * @description An address of the host, or `0.0.0.0` or `::` for all of that family. A setting of the deployment when left out (127.0.0.1).
             * @example 0.0.0.0
             */
            hostAddress?: string;
            /**
             * @description The first port on the host; null: one is chosen.
             * @example 8080
             */
            hostPort?: number | null;
            metadata?: components["schemas"]["CreateMetadata"];
            /**
             * @description In the sandbox.
             * @example 80
             */
            port: number;
            /** @enum {string} */
            protocol: "tcp" | "udp" | "sctp";
            /**
             * @description `host` (the default): on the host of the endpoint. `everywhere`: on every host, also those that come later; of endpoints of overlay networks, and with `hostAddress` `0.0.0.0`, `::` or 127.0.0.1.
             * @example everywhere
             */
            publish?: components["schemas"]["PortScope"];
            /**
             * @description The name by which SRV records are found: `_http._tcp.<endpoint>`.
             * @example http
             */
            service?: string | null;
        };
        CreateProbe: {
            metadata?: components["schemas"]["CreateMetadata"];
            spec: components["schemas"]["ProbeSpec"];
        };
        CreateSandbox: {
            metadata?: components["schemas"]["CreateMetadata"];
            spec: components["schemas"]["CreateSandboxSpec"];
        };
        CreateSandboxSpec: {
            /** @description Comes before the settings of its networks. */
            dns?: components["schemas"]["DnsSettings"];
            /**
             * @description Name or id of the host.
             * @example lab-1
             */
            host: string;
            /**
             * @default {
             *       "type": "managed"
             *     }
             */
            namespace?: components["schemas"]["Namespace"];
            /**
             * @description For adopted namespaces: the resolv.conf that the container uses. It is written in place, and put back when the sandbox is deleted.
             * @example /var/lib/docker/containers/0a1b/resolv.conf
             */
            resolvConfPath?: string | null;
        };
        CreateSubnet: {
            /**
             * @description A prefix without host bits: IPv4 /8 to /30, IPv6 /48 to /126.
             * @example 10.10.0.0/24
             */
            cidr: string;
            /**
             * @description The router’s address; the first usable one when left out. The l3 modes of driver ipvlan have none.
             * @example 10.10.0.1
             */
            gateway?: string;
            /**
             * @description Where addresses are drawn from automatically; all of the subnet when left out.
             * @example 10.10.0.128/25
             */
            ipRange?: string;
            /**
             * @description Addresses that are given only to those who ask for them.
             * @example [
             *       "10.10.0.5"
             *     ]
             */
            reserved?: string[];
        };
        CreateTenant: {
            metadata?: components["schemas"]["CreateMetadata"];
            spec?: components["schemas"]["PatchTenantSpec"];
        };
        CreateToken: {
            metadata?: components["schemas"]["CreateMetadata"];
            spec: components["schemas"]["CreateTokenSpec"];
        };
        CreateTokenSpec: {
            /**
             * @description Prefixes that requests must come from; from anywhere when left out.
             * @example [
             *       "192.0.2.0/24"
             *     ]
             */
            allowedSources?: string[];
            /**
             * Format: date-time
             * @description When it ends by itself; never when left out.
             * @example 2030-01-01T00:00:00Z
             */
            expiresAt?: string;
            /**
             * @description Good for reading alone, whatever the role.
             * @default false
             */
            readOnly?: boolean;
            /**
             * @example editor
             * @enum {string}
             */
            role: "owner" | "editor" | "viewer";
            /** @description What it is good for, of what its role may do: all when left out. The document’s `x-access` says what each operation needs. */
            scopes?: components["schemas"]["TokenScope"][];
        };
        CreateUser: {
            metadata?: components["schemas"]["CreateMetadata"];
            spec?: components["schemas"]["PatchUserSpec"];
        };
        CutFlow: {
            /** @example 10.10.0.3 */
            destination: string;
            destinationEndpoint: string | null;
            /** @example 5432 */
            destinationPort: number | null;
            /** @description The policy that denies it. */
            policy: string;
            /** @example tcp */
            protocol: string;
            /** @description Its rule, counted from 0; null: its default. */
            rule: number | null;
            /** @example 10.10.0.2 */
            source: string;
            sourceEndpoint: string | null;
            sourcePort: number | null;
        };
        DnsResult: {
            answered: boolean;
            answers: string[];
            error?: string;
            /** @enum {string} */
            kind: "udp-dns";
            responseCode: string | null;
            rttMs: number | null;
        };
        DnsSettings: {
            /** @description Names that are answered besides those of discovery. */
            hosts?: components["schemas"]["ExtraHost"][];
            /**
             * @description Options of resolv.conf(5).
             * @example [
             *       "ndots:1"
             *     ]
             */
            options?: string[];
            /**
             * @description Domains that are tried for short names.
             * @example [
             *       "lab.example"
             *     ]
             */
            search?: string[];
            /**
             * @description Servers that unknown names go to, asked from inside the sandbox; the host’s own when there are none.
             * @example [
             *       "192.0.2.53"
             *     ]
             */
            servers?: string[];
        };
        DnsSettingsView: {
            hosts: components["schemas"]["ExtraHost"][];
            options: string[];
            search: string[];
            servers: string[];
        };
        Driver: {
            /**
             * @description How far endpoints of one network reach each other.
             * @enum {string}
             */
            connectivityScope: "host" | "global";
            description: string;
            /** @description Whether endpoints have MAC addresses of their own. */
            hasMacs: boolean;
            /** @description Whether networks of it have subnets, and endpoints addresses. */
            hasSubnets: boolean;
            /** @description How many endpoints one network takes on one host. */
            maxEndpointsPerHost: number | null;
            /** @enum {string} */
            name: "bridge" | "host" | "none" | "overlay" | "macvlan" | "ipvlan";
            /**
             * @description Optional parts of the kernel that a host must have for it: see `status.features` of hosts.
             * @example [
             *       "vxlan"
             *     ]
             */
            neededFeatures: string[];
            /** @description JSON Schema of the options. */
            optionSchema: components["schemas"]["OptionSchema"];
            /** @description Whether traffic passes a bridge of the host, where ports are published, and policies, limits and the spoofing guard hold. */
            passesHost: boolean;
        };
        DriverList: {
            items: components["schemas"]["Driver"][];
        };
        Endpoint: {
            metadata: components["schemas"]["Metadata"];
            spec: components["schemas"]["EndpointSpec"];
            status: components["schemas"]["EndpointStatus"];
        };
        EndpointCounters: {
            /** @description What the sandbox sends. */
            egress: components["schemas"]["TrafficCounters"];
            /** @description What the sandbox receives. */
            ingress: components["schemas"]["TrafficCounters"];
            /** @description Over how long the rates were measured. */
            overMs: number;
        };
        EndpointLimits: {
            /**
             * @description What the sandbox sends, in Mbit/s; null: no limit.
             * @example 100
             */
            egressMbps?: number | null;
            /**
             * @description What the sandbox receives, in Mbit/s; null: no limit.
             * @example 100
             */
            ingressMbps?: number | null;
        };
        EndpointLimitsView: {
            egressMbps: number | null;
            ingressMbps: number | null;
        };
        EndpointList: {
            /** @description In the order of the request. */
            items: components["schemas"]["Endpoint"][];
        };
        EndpointPage: {
            items: components["schemas"]["Endpoint"][];
            /** @description For `cursor`; null on the last page. The same is in `Link: rel="next"`. */
            nextCursor: string | null;
        };
        EndpointPort: {
            /** @example 80 */
            endPort: number;
            /** @example 0.0.0.0 */
            hostAddress: string;
            /**
             * @description The first one on the host; null as long as none is chosen.
             * @example 8080
             */
            hostPort: number | null;
            /** Format: uuid */
            id: string;
            /** @example http */
            name: string;
            /** @example 80 */
            port: number;
            /** @enum {string} */
            protocol: "tcp" | "udp" | "sctp";
            /** @description Whether it is published in the kernel. */
            ready: boolean;
        };
        EndpointSpec: {
            /** @description The addresses that were asked for. */
            addresses: string[];
            aliases: string[];
            gatewayPriority: number;
            /** @description The interface name that was asked for. */
            interfaceName?: string;
            limits: components["schemas"]["EndpointLimitsView"];
            /** @description The MAC address that was asked for. */
            macAddress?: string;
            /**
             * @description Name of the network.
             * @example web
             */
            network: string;
            /**
             * @description Name of the sandbox that it is joined to.
             * @example a
             */
            sandbox: string | null;
            spoofingGuard: boolean;
        };
        EndpointStatus: {
            /**
             * @description With prefix length; one for each subnet, in their order, or the one that is leased.
             * @example [
             *       "10.10.0.2/24"
             *     ]
             */
            addresses: string[];
            conditions: components["schemas"]["Condition"][];
            /**
             * @description One for each subnet that has one, in their order, or that of the lease.
             * @example [
             *       "10.10.0.1"
             *     ]
             */
            gateways: string[];
            /**
             * @description Name of the host that it is on, or is still leaving.
             * @example lab-1
             */
            host: string | null;
            /**
             * @description The link in the host that is its other end.
             * @example nyv0a1b2c3d
             */
            hostLink: string | null;
            /**
             * @description In the sandbox.
             * @example eth0
             */
            interfaceName: string | null;
            /** Format: date-time */
            joinedAt: string | null;
            /** @description Of networks with addresses by DHCP; null: it has none. */
            lease: components["schemas"]["Lease"] | null;
            /** @example 02:4e:0a:0a:00:02 */
            macAddress: string | null;
            /** @description Published ports, the first 100; all of them: `GET /v1/endpoints/{ref}/ports`. */
            ports: components["schemas"]["EndpointPort"][];
        };
        EndpointTraffic: {
            /** @description What its sandbox has sent. */
            egress: components["schemas"]["LinkTraffic"];
            /**
             * @description Name of the endpoint.
             * @example a-web
             */
            endpoint: string;
            /** @description What its sandbox has received, since the link was made. */
            ingress: components["schemas"]["LinkTraffic"];
        };
        Enrolment: {
            /** @description Its name is the host’s. */
            metadata: components["schemas"]["Metadata"];
            spec: components["schemas"]["EnrolmentSpec"];
            status: components["schemas"]["EnrolmentStatus"];
        };
        EnrolmentPage: {
            items: components["schemas"]["Enrolment"][];
            /** @description For `cursor`; null on the last page. The same is in `Link: rel="next"`. */
            nextCursor: string | null;
        };
        EnrolmentSpec: {
            /** @example lab-9 */
            host: string;
        };
        EnrolmentStatus: {
            /**
             * Format: date-time
             * @description When the token is good for nothing any more.
             */
            expiresAt: string;
            /**
             * @description Good once, for `PUT /v1/hosts/{host}/credential`. In the answer to its creation, and never again.
             * @example ny_enrol_mPq4…
             */
            token?: string;
        };
        Event: {
            /** @description How often it happened. */
            count: number;
            /** Format: date-time */
            firstSeenAt: string;
            /**
             * @description Name of the host that told of it; null: none did.
             * @example lab-1
             */
            host: string | null;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "host" | "router" | "network" | "sandbox" | "endpoint" | "port" | "policy" | "probe";
            /** Format: date-time */
            lastSeenAt: string;
            message: string;
            /** Format: uuid */
            objectId: string;
            objectName: string;
            /**
             * @description One CamelCase word.
             * @example Joined
             */
            reason: string;
            /** @enum {string} */
            type: "Normal" | "Warning";
        };
        EventPage: {
            items: components["schemas"]["Event"][];
            /** @description For `cursor`; null on the last page. The same is in `Link: rel="next"`. */
            nextCursor: string | null;
        };
        ExchangeCredential: {
            /**
             * @description A certificate request (PKCS #10, PEM) for a key of the host, where the deployment gives hosts certificates. Only its key counts.
             * @example -----BEGIN CERTIFICATE REQUEST-----…
             */
            certificateRequest?: string;
        };
        ExtraHost: {
            /** @example 192.0.2.9 */
            address: string;
            /** @example printer */
            name: string;
        };
        FieldError: {
            detail: string;
            /**
             * @description JSON pointer into the body, or ?name of a query parameter.
             * @example /spec/subnets/0/cidr
             */
            pointer: string;
        };
        Host: {
            metadata: components["schemas"]["Metadata"];
            spec: components["schemas"]["HostSpec"];
            status: components["schemas"]["HostStatus"];
        };
        HostCertificate: {
            /**
             * @description The authority that it comes from (PEM).
             * @example -----BEGIN CERTIFICATE-----…
             */
            authority: string;
            /**
             * @description PEM. To be shown to the API as a client; its common name is the host’s.
             * @example -----BEGIN CERTIFICATE-----…
             */
            certificate: string;
            /** Format: date-time */
            expiresAt: string;
        };
        HostCounters: {
            /** @description One for each endpoint of yours that has a link on the host, by name. */
            items: components["schemas"]["EndpointTraffic"][];
            /**
             * Format: date-time
             * @description By the host’s clock: rates are differences of two answers.
             */
            observedAt: string;
        };
        HostCredential: {
            /** @description Null where none was asked for, or the deployment gives none. */
            certificate: components["schemas"]["HostCertificate"] | null;
            /** @example lab-9 */
            host: string;
            /**
             * @description The bearer token of this one host, shown this once. The one before ends when this is first used.
             * @example ny_host_mPq4…
             */
            token: string;
        };
        HostKey: {
            /** Format: date-time */
            createdAt: string;
            /** @description The key that is to take its place, during a rotation. */
            nextPublicKey: string | null;
            /**
             * @description UDP port of the host that others send to.
             * @example 51820
             */
            port: number;
            /**
             * @description X25519 (RFC 7748), 32 bytes in base64.
             * @example xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
             */
            publicKey: string;
            /** @enum {string} */
            underlay: "ipv4" | "ipv6";
        };
        HostKeyStatus: {
            /** Format: date-time */
            createdAt: string;
            /**
             * @description What the key is known by inside of the tunnels.
             * @example fd2a:61f0:9c11:4:ec49:16dd:28fc:4c10
             */
            innerAddress: string;
            /**
             * @description UDP port of the host that others send to.
             * @example 51820
             */
            port: number;
            /**
             * @description X25519 (RFC 7748). The private half never leaves the host.
             * @example xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
             */
            publicKey: string;
            /** @description Null unless the key is being replaced. */
            rotation: components["schemas"]["KeyRotation"] | null;
            /**
             * @description The version of IP that the tunnels go over.
             * @enum {string}
             */
            underlay: "ipv4" | "ipv6";
        };
        HostLink: {
            /**
             * @description Null for physical ones.
             * @example bond
             */
            kind: string | null;
            /** @example 02:4e:0a:0a:00:02 */
            macAddress: string | null;
            /** @description The bridge or bond that it is part of. */
            master: string | null;
            /** @example 1500 */
            mtuBytes: number;
            /** @example eth0 */
            name: string;
            up: boolean;
        };
        HostPage: {
            items: components["schemas"]["Host"][];
            /** @description For `cursor`; null on the last page. The same is in `Link: rel="next"`. */
            nextCursor: string | null;
        };
        HostPolicyCounters: {
            /** @description New flows that fell to a default of deny. */
            defaultDenied: components["schemas"]["Count"];
            /** @example lab-1 */
            host: string;
            /** @description One for each rule, in their order: new flows that it decided. */
            rules: components["schemas"]["Count"][];
        };
        HostRegistration: {
            /**
             * @description Drivers that its kernel can run.
             * @example [
             *       "bridge",
             *       "host",
             *       "none"
             *     ]
             */
            drivers: string[];
            /**
             * @description Optional parts of the kernel that it has or can load: macvlan, ipvlan, vlan, vxlan, wireguard, ifb, netem; and dhcp-client where its worker finds one.
             * @example [
             *       "macvlan",
             *       "vxlan"
             *     ]
             */
            features?: string[];
            /** @example 6.1.0-18-amd64 */
            kernelRelease: string;
            /** @description Public keys of its encrypted tunnels, one for each version of IP that these can go over. */
            keys?: components["schemas"]["HostKey"][];
            /** @description Links of the host that are not Netyard’s. */
            links?: components["schemas"]["HostLink"][];
            /** @description What it has measured of the ways to the hosts with which it shares overlay networks. */
            paths?: components["schemas"]["UnderlayPath"][];
            /**
             * @description Prefixes that the host routes elsewhere than through Netyard.
             * @example [
             *       "192.168.1.0/24"
             *     ]
             */
            routes: string[];
            /** @description Where other hosts reach it: an address for each version of IP that it has one of. */
            underlay?: components["schemas"]["UnderlayAddress"][];
            /** @example 1500 */
            uplinkMtuBytes: number;
            /** @example 0.1.0 */
            workerVersion: string;
        };
        HostSpec: {
            /** @description Nothing new is placed on it. */
            drained: boolean;
            /**
             * @description Names of the tenants that it is there for; empty: for all. Told to admins and auditors alone.
             * @example [
             *       "class-a"
             *     ]
             */
            tenants: string[];
        };
        HostStatus: {
            /** @description `Ready` is True while the worker is heard of. */
            conditions: components["schemas"]["Condition"][];
            drivers: string[];
            /** @description Optional parts of the kernel that it has or can load, and dhcp-client where its worker finds one. */
            features: string[];
            kernelRelease: string | null;
            /** @description Of its encrypted tunnels; none where the kernel has no WireGuard. */
            keys: components["schemas"]["HostKeyStatus"][];
            /**
             * Format: date-time
             * @description Not covered by the ETag.
             */
            lastSeenAt: string | null;
            /** @description Links that are not Netyard’s: what a network could be attached to. */
            links: components["schemas"]["HostLink"][];
            /** @description What the underlay carries from here to the hosts with which it shares overlay networks, as the worker has measured it. */
            paths: components["schemas"]["UnderlayPath"][];
            routes: string[];
            /** @description Where tunnels of overlay networks lead to. */
            underlay: components["schemas"]["UnderlayAddress"][];
            uplinkMtuBytes: number | null;
            workerVersion: string | null;
        };
        HostTunnels: {
            /** @description One for each overlay network of yours that the host takes part in, by name. */
            items: components["schemas"]["Tunnel"][];
            /**
             * Format: date-time
             * @description By the host’s clock: rates are differences of two answers.
             */
            observedAt: string;
        };
        HttpResult: {
            error?: string;
            headers: {
                [key: string]: string;
            };
            /** @enum {string} */
            kind: "http";
            rttMs: number | null;
            statusCode: number | null;
        };
        Identity: {
            /**
             * @description The provider’s, as its ID tokens have it (`iss`).
             * @example https://id.example.net/realms/campus
             */
            issuer: string;
            /**
             * @description The account’s, as ID tokens have it (`sub`).
             * @example 248289761001
             */
            subject: string;
        };
        JoinEndpoint: {
            /**
             * @description Name or id of the sandbox.
             * @example a
             */
            sandbox: string;
        };
        KeyRotation: {
            /**
             * @description The new key; null until the worker has made it.
             * @example xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
             */
            nextPublicKey: string | null;
            /**
             * @description Hosts that do not know the new key yet: none may be left before it is used.
             * @example [
             *       "lab-2"
             *     ]
             */
            waitingFor: string[];
        };
        Lease: {
            /** @example 192.0.2.57 */
            address: string;
            /**
             * @description Name servers, which the sandbox’s resolver asks.
             * @example [
             *       "192.0.2.1"
             *     ]
             */
            dns: string[];
            /**
             * @description Searched by the sandbox’s resolver.
             * @example lan.example
             */
            domain: string | null;
            /**
             * Format: date-time
             * @description From then on the address is taken away.
             */
            expiresAt: string;
            /**
             * @description Null: the server named none within the prefix.
             * @example 192.0.2.1
             */
            gateway: string | null;
            /**
             * Format: date-time
             * @description When the server gave it, or extended it last.
             */
            obtainedAt: string;
            /** @example 24 */
            prefixLength: number;
            /**
             * Format: date-time
             * @description When the server is asked to extend it: after half of its time.
             */
            renewAt: string;
            /**
             * @description The server identifier, by which the server is asked to extend it.
             * @example 192.0.2.1
             */
            server: string;
            /**
             * @description renewing: half of its time is over, and no server has extended it yet.
             * @enum {string}
             */
            state: "bound" | "renewing";
        };
        LinkTraffic: {
            bytes: number;
            dropped: number;
            errors: number;
            packets: number;
        };
        ListedSession: {
            /** Format: date-time */
            createdAt: string;
            /** @description Whether it is the one that asks. */
            current: boolean;
            /**
             * Format: date-time
             * @description When it ends by itself.
             */
            expiresAt: string;
            /** Format: uuid */
            id: string;
            /**
             * Format: date-time
             * @description To the minute.
             */
            lastUsedAt: string;
            /**
             * @description The OpenID Connect provider; null: a password.
             * @example campus
             */
            provider: string | null;
            /**
             * @description Where the user has signed in from.
             * @example 192.0.2.7
             */
            source: string | null;
            /** @description As the browser has called itself. */
            userAgent: string | null;
        };
        Member: {
            metadata: components["schemas"]["MemberMetadata"];
            spec: components["schemas"]["MemberSpec"];
            status: components["schemas"]["MemberStatus"];
        };
        MemberList: {
            /** @description By name. */
            items: components["schemas"]["Member"][];
        };
        MemberMetadata: {
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: uuid
             * @description Id of the user.
             */
            id: string;
            /**
             * @description Name of the user.
             * @example ada
             */
            name: string;
            /**
             * @description Changes with the role; the ETag is this in quotes.
             * @example 1
             */
            resourceVersion: string;
        };
        MemberSpec: {
            /**
             * @description `viewer` looks, `editor` changes networks and what is on them, `owner` also members, tokens and shares.
             * @enum {string}
             */
            role: "owner" | "editor" | "viewer";
        };
        MemberStatus: {
            /**
             * @description The OpenID Connect provider whose claims gave the role, and change it; null: it was given by hand, and stays.
             * @example campus
             */
            provider: string | null;
        };
        Metadata: {
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description When deletion was asked for; the object is there until its hosts are clean.
             */
            deletionRequestedAt: string | null;
            /** @description Counts the changes of the spec. */
            generation: number;
            /** Format: uuid */
            id: string;
            /**
             * @example {
             *       "team": "blue"
             *     }
             */
            labels: {
                [key: string]: string;
            };
            /** @example web */
            name: string;
            /**
             * @description Changes with everything that is told here; the ETag is this in quotes.
             * @example 7
             */
            resourceVersion: string;
        };
        Namespace: {
            /**
             * @description Absolute path of an adopted namespace.
             * @example /proc/4242/ns/net
             */
            path?: string;
            /**
             * @description Process whose namespace is adopted.
             * @example 4242
             */
            pid?: number;
            /**
             * @description `managed`: Netyard makes it. `host`: the host’s own stack. `adopted`: one that is there, named by `path` or `pid`.
             * @enum {string}
             */
            type: "managed" | "host" | "adopted";
        };
        Network: {
            metadata: components["schemas"]["Metadata"];
            spec: components["schemas"]["NetworkSpec"];
            status: components["schemas"]["NetworkStatus"];
        };
        NetworkHost: {
            /**
             * @description The host’s own addresses in the network besides the gateways, where it has such: what it sends itself comes from these, and what it leads to endpoints on other hosts by published ports.
             * @example [
             *       "10.20.0.3"
             *     ]
             */
            addresses: string[];
            conditions: components["schemas"]["Condition"][];
            /**
             * @description Name of the host.
             * @example lab-1
             */
            host: string;
            /**
             * @description Where its tunnels of an overlay network begin and end; null for other networks.
             * @example 198.51.100.1
             */
            tunnelAddress: string | null;
        };
        NetworkList: {
            /** @description In the order of the request. */
            items: components["schemas"]["Network"][];
        };
        NetworkPage: {
            items: components["schemas"]["Network"][];
            /** @description For `cursor`; null on the last page. The same is in `Link: rel="next"`. */
            nextCursor: string | null;
        };
        NetworkShare: {
            metadata: components["schemas"]["ShareMetadata"];
            /** @description What is shared. */
            network: components["schemas"]["SharedNetwork"];
        };
        NetworkShareList: {
            /** @description By network, then by the tenant that may use it. */
            items: components["schemas"]["NetworkShare"][];
        };
        NetworkSpec: {
            dns: components["schemas"]["DnsSettingsView"];
            /**
             * @description A domain in which its names are answered besides `<name>` and `<name>.<network>`.
             * @example lab.example
             */
            domain: string | null;
            /** @enum {string} */
            driver: "bridge" | "host" | "none" | "overlay" | "macvlan" | "ipvlan";
            /** @description Name of the one host that the network is confined to. */
            host: string | null;
            internal: boolean;
            ipv6: boolean;
            /**
             * @description Options of the driver: see `GET /v1/drivers`.
             * @example {
             *       "isolateEndpoints": true
             *     }
             */
            options: {
                [key: string]: boolean | number | string;
            };
            subnets: components["schemas"]["Subnet"][];
        };
        NetworkStatus: {
            /** @description `Ready` sums up what its hosts say. `UnderlayCarries`, of overlay networks, warns where the underlay between two hosts drops packets that the network needs; it does not count for `Ready`. */
            conditions: components["schemas"]["Condition"][];
            /** @description The tenant’s own, where the network is shared with it. */
            endpointCount: number;
            /** @description Where the network is realised. */
            hosts: components["schemas"]["NetworkHost"][];
            /** @description The MTU in effect; null where there is none, or no host yet. */
            mtuBytes: number | null;
            /**
             * @description What the MTU comes from.
             * @example the uplink of host lab-1 carries as much
             */
            mtuReason: string | null;
            /**
             * @description Name of the tenant that the network belongs to; another one, where it is shared.
             * @example default
             */
            owner: string;
            subnets: components["schemas"]["SubnetStatus"][];
            /**
             * @description The number of an overlay network in every packet (RFC 7348); null for other networks.
             * @example 4096
             */
            vni: number | null;
        };
        OptionProperty: {
            default?: boolean | number | string;
            description: string;
            enum?: string[];
            /** @description Fixed when the network is made. */
            immutable?: boolean;
            maximum?: number;
            minimum?: number;
            pattern?: string;
            title: string;
            /** @enum {string} */
            type: "boolean" | "integer" | "string";
        };
        OptionSchema: {
            /** @enum {boolean} */
            additionalProperties: false;
            properties: {
                [key: string]: components["schemas"]["OptionProperty"];
            };
            /** @enum {string} */
            type: "object";
        };
        ParentGrant: {
            /**
             * @description Name of the host on which it is; null: every host.
             * @example lab-1
             */
            host: string | null;
            /**
             * @description Name of a link, as `parent` of networks has it without a VLAN; `*` for every one.
             * @example eth1
             */
            link: string;
            /** @description Whether networks may stand on the link itself. */
            untagged: boolean;
            /**
             * @description VLANs of the link on which they may stand: numbers from 1 to 4094, and ranges.
             * @example [
             *       "100-199"
             *     ]
             */
            vlans: string[];
        };
        PatchEndpoint: {
            metadata?: components["schemas"]["PatchMetadata"];
            spec?: components["schemas"]["PatchEndpointSpec"];
        };
        PatchEndpointSpec: {
            /**
             * @description Further names, which several endpoints may share: all of their addresses are answered, in rotating order.
             * @example [
             *       "www"
             *     ]
             */
            aliases?: string[];
            /** @description Of the endpoints of one sandbox, the one with the highest priority (ties: joined first) gives the default route. */
            gatewayPriority?: number;
            /** @description What is left out stays as it is. */
            limits?: components["schemas"]["EndpointLimits"];
            /** @description Whether frames with another MAC or IP address than the endpoint’s own are dropped. */
            spoofingGuard?: boolean;
        };
        PatchHost: {
            metadata?: components["schemas"]["PatchMetadata"];
            spec?: components["schemas"]["PatchHostSpec"];
        };
        PatchHostSpec: {
            /** @description Nothing new is placed on it; what is there stays, and is listed by `GET /v1/hosts/{ref}/placed`. */
            drained?: boolean;
            /**
             * @description Names or ids of the tenants that it is there for, in place of those before; empty: for all. What others have there stays.
             * @example [
             *       "class-a"
             *     ]
             */
            tenants?: string[];
        };
        PatchMetadata: {
            /**
             * @description Merged into the labels that are there; null removes one.
             * @example {
             *       "team": "red",
             *       "old": null
             *     }
             */
            labels?: {
                [key: string]: string | null;
            };
        };
        PatchNetwork: {
            metadata?: components["schemas"]["PatchMetadata"];
            spec?: components["schemas"]["PatchNetworkSpec"];
        };
        PatchNetworkSpec: {
            /** @description What is given takes the place of what was there, field by field. */
            dns?: components["schemas"]["DnsSettings"];
            /**
             * @description A domain in which its names are answered besides `<name>` and `<name>.<network>`.
             * @example lab.example
             */
            domain?: string | null;
            /**
             * @description Merged into the options that are there; applied to the running network.
             * @example {
             *       "isolateEndpoints": true
             *     }
             */
            options?: {
                [key: string]: boolean | number | string;
            };
        };
        PatchParentGrant: {
            /**
             * @description Name or id of the host on which it is; null or left out: every host.
             * @example lab-1
             */
            host?: string | null;
            /**
             * @description Name of a link, as `parent` of networks has it without a VLAN; `*` for every one.
             * @example eth1
             */
            link: string;
            /**
             * @description Whether networks may stand on the link itself.
             * @default false
             */
            untagged?: boolean;
            /**
             * @description VLANs of the link on which they may stand: numbers from 1 to 4094, and ranges.
             * @default []
             * @example [
             *       "100-199"
             *     ]
             */
            vlans?: string[];
        };
        PatchPolicy: {
            metadata?: components["schemas"]["PatchMetadata"];
            spec?: components["schemas"]["PatchPolicySpec"];
        };
        PatchPolicySpec: {
            /**
             * @description For flows that no rule of any of the network’s policies matches; one `deny` denies.
             * @default allow
             * @enum {string}
             */
            defaultAction?: "allow" | "deny";
            /**
             * @description The lowest of a network’s policies is looked at first; ties go by name.
             * @default 0
             */
            priority?: number;
            /** @description The first rule that matches a new flow decides. */
            rules?: components["schemas"]["CreatePolicyRule"][];
        };
        PatchPort: {
            /**
             * @description Who may connect, as prefixes without host bits; everybody when there are none.
             * @example [
             *       "10.0.0.0/8"
             *     ]
             */
            allowedSources?: string[];
            /**
             * @description An address of the host, or `0.0.0.0` or `::` for all of that family. A setting of the deployment when left out (127.0.0.1).
             * @example 0.0.0.0
             */
            hostAddress?: string;
            /**
             * @description The first port on the host; null: one is chosen.
             * @example 8080
             */
            hostPort?: number | null;
            metadata?: components["schemas"]["PatchMetadata"];
            /**
             * @description `host` (the default): on the host of the endpoint. `everywhere`: on every host, also those that come later; of endpoints of overlay networks, and with `hostAddress` `0.0.0.0`, `::` or 127.0.0.1.
             * @example everywhere
             */
            publish?: components["schemas"]["PortScope"];
            /**
             * @description The name by which SRV records are found: `_http._tcp.<endpoint>`.
             * @example http
             */
            service?: string | null;
        };
        PatchQuotas: {
            /** @description Addresses of endpoints. */
            addresses?: number | null;
            /** @description The sum of what endpoints may receive or send, whichever is more; with this quota each needs limits. */
            bandwidthMbps?: number | null;
            /** @description Endpoints, on networks of others as well. */
            endpoints?: number | null;
            /** @description Networks of its own. */
            networks?: number | null;
            /** @description Probes that are begun within a minute of the clock. */
            probesPerMinute?: number | null;
            /** @description Published ports, each of a range. */
            publishedPorts?: number | null;
            /** @description Sandboxes. */
            sandboxes?: number | null;
        };
        PatchSandbox: {
            metadata?: components["schemas"]["PatchMetadata"];
            spec?: components["schemas"]["PatchSandboxSpec"];
        };
        PatchSandboxSpec: {
            /** @description What is given takes the place of what was there, field by field. */
            dns?: components["schemas"]["DnsSettings"];
            /**
             * @description Name or id of the host that it moves to, with its endpoints, which keep their addresses; for managed namespaces. What runs in it stays behind. Nothing is ever on both: while the former host is not clean of it, it is on neither.
             * @example lab-2
             */
            host?: string;
        };
        PatchTenant: {
            metadata?: components["schemas"]["PatchMetadata"];
            spec?: components["schemas"]["PatchTenantSpec"];
        };
        PatchTenantGrants: {
            /**
             * @description Drivers that networks may be of. `host`, `macvlan` and `ipvlan` reach what is the hosts’, or on the wire.
             * @example [
             *       "bridge",
             *       "overlay",
             *       "none"
             *     ]
             */
            drivers?: ("bridge" | "host" | "none" | "overlay" | "macvlan" | "ipvlan")[];
            /**
             * @description Namespaces that sandboxes may be in. Others than `managed` may be anybody’s on the host.
             * @example [
             *       "managed"
             *     ]
             */
            namespaces?: ("managed" | "host" | "adopted")[];
            /** @description Links and VLANs of hosts on which networks of the drivers `macvlan` and `ipvlan` may stand, where these are granted. */
            parents?: components["schemas"]["PatchParentGrant"][];
        };
        PatchTenantSpec: {
            /** @description Takes the place of what was granted, list by list. What there is already stays. */
            grants?: components["schemas"]["PatchTenantGrants"];
            /** @description Merged into the quotas that there are; null lifts one. What there is already stays. */
            quotas?: components["schemas"]["PatchQuotas"];
        };
        PatchUser: {
            metadata?: components["schemas"]["PatchMetadata"];
            spec?: components["schemas"]["PatchUserSpec"];
        };
        PatchUserSpec: {
            /**
             * @description What the user may do in all tenants, and to hosts; null: what memberships allow.
             * @enum {string|null}
             */
            deploymentRole?: "admin" | "auditor" | null;
            /**
             * @description Cannot sign in; sessions that there are end.
             * @default false
             */
            disabled?: boolean;
            /** @description Accounts at OpenID Connect providers that the user signs in by. A list replaces the former one; sessions by providers end when one is taken away. */
            identities?: components["schemas"]["Identity"][];
            /** @description To sign in with; sessions that there are end when it changes. Null: none. It is never told. */
            password?: string | null;
        };
        Permission: {
            /** @enum {string} */
            resource: "network" | "share" | "sandbox" | "endpoint" | "port" | "policy" | "probe" | "router" | "host" | "driver" | "event" | "change" | "watch" | "tenant" | "member" | "token" | "user" | "deployment-token" | "session" | "audit" | "enrolment" | "credential" | "placement" | "intent";
            verbs: ("read" | "create" | "update" | "delete")[];
        };
        PingResult: {
            /** @enum {string} */
            kind: "ping";
            lossPercent: number;
            received: number;
            rttMs: components["schemas"]["RoundTripTimes"] | null;
            sent: number;
        };
        PlacedObject: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "network" | "sandbox" | "endpoint" | "port";
            /** @example a-web */
            name: string;
            /**
             * @description Name of the tenant.
             * @example class-a
             */
            tenant: string;
        };
        PlacedPage: {
            /** @description By id. */
            items: components["schemas"]["PlacedObject"][];
            /** @description For `cursor`; null on the last page. The same is in `Link: rel="next"`. */
            nextCursor: string | null;
        };
        Policy: {
            metadata: components["schemas"]["Metadata"];
            spec: components["schemas"]["PolicySpec"];
            status: components["schemas"]["PolicyStatus"];
        };
        PolicyCounters: {
            /** @description New flows that fell to a default of deny, on all hosts. */
            defaultDenied: components["schemas"]["Count"];
            hosts: components["schemas"]["HostPolicyCounters"][];
            /** @description One for each rule, in their order: new flows that it decided, on all hosts. */
            rules: components["schemas"]["Count"][];
        };
        PolicyHost: {
            conditions: components["schemas"]["Condition"][];
            /**
             * @description Name of the host.
             * @example lab-1
             */
            host: string;
        };
        PolicyList: {
            /** @description In the order of the request. */
            items: components["schemas"]["Policy"][];
        };
        PolicyPage: {
            items: components["schemas"]["Policy"][];
            /** @description For `cursor`; null on the last page. The same is in `Link: rel="next"`. */
            nextCursor: string | null;
        };
        PolicyPreview: {
            /** @description Those that would be cut, the first 1,000. */
            cut: components["schemas"]["CutFlow"][];
            cutCount: number;
            /** @description Present flows that were looked at. */
            flowCount: number;
        };
        PolicyRule: {
            /** @enum {string} */
            action: "allow" | "deny";
            /** @enum {string} */
            direction: "both" | "ingress" | "egress";
            from?: components["schemas"]["PolicySelector"];
            ports: string[];
            /** @enum {string} */
            protocol: "any" | "tcp" | "udp" | "sctp" | "icmp";
            to?: components["schemas"]["PolicySelector"];
        };
        PolicySelector: {
            /**
             * @description Prefixes without host bits.
             * @example [
             *       "192.0.2.0/24"
             *     ]
             */
            cidrs?: string[];
            /**
             * @description Names of endpoints, of whatever network.
             * @example [
             *       "a"
             *     ]
             */
            endpoints?: string[];
            /**
             * @description All of these labels have to match; `{}` is every endpoint of `network`.
             * @example {
             *       "role": "db"
             *     }
             */
            labels?: {
                [key: string]: string;
            };
            /**
             * @description Name or id of the network that `labels` looks in, the policy’s own by default; alone: all of its endpoints.
             * @example web
             */
            network?: string;
        };
        PolicySpec: {
            /** @enum {string} */
            defaultAction: "allow" | "deny";
            /**
             * @description Name of the network.
             * @example web
             */
            network: string;
            priority: number;
            rules: components["schemas"]["PolicyRule"][];
        };
        PolicyStatus: {
            conditions: components["schemas"]["Condition"][];
            /** @description Where it is in force: wherever its network is realised. */
            hosts: components["schemas"]["PolicyHost"][];
        };
        Port: {
            metadata: components["schemas"]["Metadata"];
            spec: components["schemas"]["PortSpec"];
            status: components["schemas"]["PortStatus"];
        };
        PortHost: {
            /** @description `Published` is False, with a reason, where the host does not publish the port. */
            conditions: components["schemas"]["Condition"][];
            /**
             * @description Name of the host.
             * @example lab-1
             */
            host: string;
        };
        PortList: {
            /** @description In the order of the request. */
            items: components["schemas"]["Port"][];
        };
        PortPage: {
            items: components["schemas"]["Port"][];
            /** @description For `cursor`; null on the last page. The same is in `Link: rel="next"`. */
            nextCursor: string | null;
        };
        /**
         * @description On which hosts: that of the endpoint, or every one.
         * @enum {string}
         */
        PortScope: "host" | "everywhere";
        PortSpec: {
            allowedSources: string[];
            /**
             * @description Name of the endpoint.
             * @example a-web
             */
            endpoint: string;
            /**
             * @description The last port of the range; `port` when it is one port.
             * @example 80
             */
            endPort: number;
            /** @example 0.0.0.0 */
            hostAddress: string;
            /**
             * @description The one that was asked for.
             * @example 8080
             */
            hostPort: number | null;
            /** @example 80 */
            port: number;
            /** @enum {string} */
            protocol: "tcp" | "udp" | "sctp";
            /** @description On which hosts: that of the endpoint, or every one. */
            publish: components["schemas"]["PortScope"];
            /** @example http */
            service: string | null;
        };
        PortStatus: {
            /**
             * @description The address of the endpoint that it leads to.
             * @example 10.10.0.2
             */
            address: string | null;
            conditions: components["schemas"]["Condition"][];
            /**
             * @description Name of the endpoint’s host; null as long as the endpoint is not joined.
             * @example lab-1
             */
            host: string | null;
            /**
             * @description The first port on the host.
             * @example 8080
             */
            hostPort: number | null;
            /** @description Every host that publishes the port, or is to. */
            hosts: components["schemas"]["PortHost"][];
        };
        Probe: {
            metadata: components["schemas"]["Metadata"];
            spec: components["schemas"]["ProbeSpec"];
            status: components["schemas"]["ProbeStatus"];
        };
        ProbePage: {
            items: components["schemas"]["Probe"][];
            /** @description For `cursor`; null on the last page. The same is in `Link: rel="next"`. */
            nextCursor: string | null;
        };
        ProbeSpec: {
            /** @description For `ping`: 3 when left out. */
            count?: number;
            /** @enum {string} */
            kind: "ping" | "tcp" | "udp-dns" | "http" | "trace";
            /** @description For `trace`: 16 when left out. */
            maxHops?: number;
            /**
             * @description For `http`: `/` when left out.
             * @example /
             */
            path?: string;
            /** @description For `tcp` (required), `udp-dns` (53) and `http` (80). */
            port?: number;
            /** @description For `udp-dns` (required): the name to ask for. */
            query?: string;
            /**
             * @description For `udp-dns`: A when left out.
             * @enum {string}
             */
            queryType?: "A" | "AAAA" | "PTR" | "SRV" | "TXT" | "CNAME" | "MX" | "NS" | "SOA";
            /**
             * @description Name or id of the sandbox to run in.
             * @example a
             */
            sandbox: string;
            /**
             * @description An IP address; for `http` and `tcp` also a name; for `udp-dns` the server’s address.
             * @example 10.10.0.3
             */
            target: string;
            /** @description For the whole probe: 10,000 when left out. */
            timeoutMs?: number;
        };
        ProbeStatus: {
            conditions: components["schemas"]["Condition"][];
            /** @description Why there is no result. */
            error: string | null;
            /** Format: date-time */
            finishedAt: string | null;
            /** @description Null until there is one. */
            result: components["schemas"]["PingResult"] | components["schemas"]["TcpResult"] | components["schemas"]["DnsResult"] | components["schemas"]["HttpResult"] | components["schemas"]["TraceResult"] | null;
        };
        /** @description A refusal (RFC 9457). */
        Problem: {
            /**
             * @description What went wrong; names the culprit.
             * @example 10.1.0.0/24 overlaps network lab-3 (10.1.0.0/16)
             */
            detail: string;
            errors: components["schemas"]["FieldError"][];
            /** @description The path that was asked for. */
            instance: string;
            requestId: string;
            /** @description Whether the same request may succeed later. */
            retryable: boolean;
            status: number;
            title: string;
            /** @enum {string} */
            type: "/problems/invalid-request" | "/problems/unknown-parameter" | "/problems/unauthenticated" | "/problems/forbidden" | "/problems/not-granted" | "/problems/not-found" | "/problems/name-taken" | "/problems/subnet-overlap" | "/problems/address-in-use" | "/problems/mac-in-use" | "/problems/port-in-use" | "/problems/vni-in-use" | "/problems/host-drained" | "/problems/host-unfit" | "/problems/ports-exhausted" | "/problems/interface-name-taken" | "/problems/subnet-exhausted" | "/problems/pools-exhausted" | "/problems/limit-reached" | "/problems/quota-exceeded" | "/problems/in-use" | "/problems/already-joined" | "/problems/not-joined" | "/problems/still-leaving" | "/problems/being-deleted" | "/problems/idempotency-running" | "/problems/watch-expired" | "/problems/precondition-failed" | "/problems/payload-too-large" | "/problems/unsupported-media-type" | "/problems/unknown-reference" | "/problems/invalid-value" | "/problems/idempotency-mismatch" | "/problems/rate-limited" | "/problems/internal" | "/problems/unavailable";
        };
        PutMember: {
            spec: components["schemas"]["MemberSpec"];
        };
        QueryCounts: {
            /** @description From discovery. */
            answered: number;
            /** @description From what an upstream had said before. */
            cached: number;
            formatError: number;
            /** @description By an upstream. */
            forwarded: number;
            nameError: number;
            /** @description The name exists, without a record of that type. */
            noData: number;
            refused: number;
            serverFailure: number;
            total: number;
        };
        QueryFailure: {
            /** Format: date-time */
            at: string;
            /** @example 192.0.2.53 did not answer */
            error: string;
            /** @example far.example */
            name: string;
            /** @example SERVFAIL */
            responseCode: string;
            /** @example A */
            type: string;
        };
        Quotas: {
            addresses: number | null;
            bandwidthMbps: number | null;
            endpoints: number | null;
            networks: number | null;
            probesPerMinute: number | null;
            publishedPorts: number | null;
            sandboxes: number | null;
        };
        ResolverRecord: {
            /** @example 10.10.0.2 */
            data: string;
            /** @example db.web */
            name: string;
            /** @example 5 */
            ttlSeconds: number;
            /** @enum {string} */
            type: "A" | "AAAA" | "PTR" | "SRV";
        };
        ResolverState: {
            /** @example 127.0.0.11 */
            address: string | null;
            /** @description The last 20, the latest first. */
            failures: components["schemas"]["QueryFailure"][];
            /** @description Whether the sandbox has a resolver of its own; otherwise it uses the servers in `resolvConf`. */
            listening: boolean;
            /** @description Since the resolver started. */
            queries: components["schemas"]["QueryCounts"];
            recordCount: number;
            /** @description What it would answer, the first 1,000 by name. */
            records: components["schemas"]["ResolverRecord"][];
            /**
             * @example nameserver 127.0.0.11
             *     options ndots:0
             */
            resolvConf: string;
            /** @description Whom it asks for other names. */
            upstreams: components["schemas"]["UpstreamState"][];
        };
        RoundTripTimes: {
            avg: number;
            max: number;
            min: number;
        };
        Router: {
            /** @description Its name is the host’s. */
            metadata: components["schemas"]["Metadata"];
            spec: components["schemas"]["RouterSpec"];
            status: components["schemas"]["RouterStatus"];
        };
        RouterPage: {
            items: components["schemas"]["Router"][];
            /** @description For `cursor`; null on the last page. The same is in `Link: rel="next"`. */
            nextCursor: string | null;
        };
        RouterSpec: {
            /**
             * @description Name of the host that it is on.
             * @example lab-1
             */
            host: string;
        };
        RouterStatus: {
            /**
             * @description Of the router’s end; by these the host sees all that its networks send.
             * @example [
             *       "100.64.0.1/31",
             *       "fd2a:61f0:9c11::6440:1/127"
             *     ]
             */
            addresses: string[];
            conditions: components["schemas"]["Condition"][];
            /**
             * @description Of the host’s end of the link between the two, with prefix length.
             * @example [
             *       "100.64.0.0/31",
             *       "fd2a:61f0:9c11::6440:0/127"
             *     ]
             */
            hostAddresses: string[];
            /**
             * @description Names of the networks that stand in it.
             * @example [
             *       "web"
             *     ]
             */
            networks: string[];
        };
        Sandbox: {
            metadata: components["schemas"]["Metadata"];
            spec: components["schemas"]["SandboxSpec"];
            status: components["schemas"]["SandboxStatus"];
        };
        SandboxList: {
            /** @description In the order of the request. */
            items: components["schemas"]["Sandbox"][];
        };
        SandboxPage: {
            items: components["schemas"]["Sandbox"][];
            /** @description For `cursor`; null on the last page. The same is in `Link: rel="next"`. */
            nextCursor: string | null;
        };
        SandboxSpec: {
            dns: components["schemas"]["DnsSettingsView"];
            /**
             * @description Name of the host; of the one that it moves to.
             * @example lab-1
             */
            host: string;
            namespace: components["schemas"]["Namespace"];
            resolvConfPath: string | null;
        };
        SandboxStack: {
            linkCount: number;
            /** @description All that are there, whoever has made them; the first 1,000, with as many addresses. */
            links: components["schemas"]["StackLink"][];
            neighbourCount: number;
            /** @description What its links know of addresses on their segments, the first 1,000. */
            neighbours: components["schemas"]["StackNeighbour"][];
            /**
             * Format: date-time
             * @description By the host’s clock: rates are differences of two answers.
             */
            observedAt: string;
            routeCount: number;
            /** @description Unicast routes of the main table, the first 1,000. */
            routes: components["schemas"]["StackRoute"][];
        };
        SandboxStatus: {
            conditions: components["schemas"]["Condition"][];
            /** @description Names of the endpoints that are joined to it. */
            endpoints: string[];
            /**
             * @description Name of the host that has it; while it moves, of the one that it comes from.
             * @example lab-1
             */
            host: string;
            /**
             * @description Where the namespace is found on the host; null for the host’s own.
             * @example /run/netns/ny-0a1b2c3d
             */
            namespacePath: string | null;
        };
        Session: {
            /**
             * @description What it may do everywhere.
             * @enum {string|null}
             */
            deploymentRole: "admin" | "auditor" | "worker" | null;
            /**
             * Format: date-time
             * @description When it ends by itself.
             */
            expiresAt: string | null;
            /**
             * @description What it is that asks.
             * @enum {string}
             */
            kind: "environment" | "token" | "user";
            /** @description By name. */
            memberships: components["schemas"]["SessionMembership"][];
            /**
             * @description Of the user or token.
             * @example ada
             */
            name: string;
            /** @description What it may do there, with the limits of its token. What is not listed is refused. */
            permissions: components["schemas"]["Permission"][];
            /**
             * @description The OpenID Connect provider that the user has signed in by; null: another way.
             * @example campus
             */
            provider: string | null;
            /**
             * @description What it is in that tenant; null for a member of none.
             * @enum {string|null}
             */
            role: "owner" | "editor" | "viewer" | "admin" | "auditor" | "worker" | null;
            /**
             * @description The tenant that a request is about which names none, or that this one has named; null for a user who is a member of none.
             * @example class-a
             */
            tenant: string | null;
            /**
             * @description The bearer token of the session: in the answer to signing in, and never again.
             * @example ny_mPq4…
             */
            token?: string;
        };
        SessionList: {
            /** @description The latest first. */
            items: components["schemas"]["ListedSession"][];
        };
        SessionMembership: {
            /** @enum {string} */
            role: "owner" | "editor" | "viewer";
            /**
             * @description Name of the tenant.
             * @example class-a
             */
            tenant: string;
        };
        Share: {
            metadata: components["schemas"]["ShareMetadata"];
        };
        SharedNetwork: {
            /** Format: uuid */
            id: string;
            /** @example web */
            name: string;
            /**
             * @description Name of the tenant whose it is.
             * @example class-a
             */
            owner: string;
        };
        ShareList: {
            /** @description By name. */
            items: components["schemas"]["Share"][];
        };
        ShareMetadata: {
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: uuid
             * @description Id of that tenant.
             */
            id: string;
            /**
             * @description Name of the tenant that may use the network.
             * @example class-b
             */
            name: string;
        };
        SignedOut: {
            /**
             * Format: uri
             * @description Where to send the browser, for the session at the provider to end as well.
             */
            logoutUrl: string;
        };
        SignIn: {
            /**
             * @description Name of the user.
             * @example ada
             */
            name: string;
            /** @example correct horse battery staple */
            password: string;
        };
        SignInMethod: {
            /**
             * @description Of the provider; `password` for passwords.
             * @example campus
             */
            name: string;
            /**
             * @description For people.
             * @example Campus account
             */
            title: string;
            /**
             * @description `password`: POST /v1/sessions; `oidc`: POST /v1/sign-in/oidc.
             * @enum {string}
             */
            type: "password" | "oidc";
        };
        SignInMethodList: {
            items: components["schemas"]["SignInMethod"][];
        };
        StackLink: {
            /**
             * @example [
             *       "10.10.0.2/24"
             *     ]
             */
            addresses: string[];
            /** @description What it has sent since. */
            egress: components["schemas"]["LinkTraffic"];
            /**
             * Format: uuid
             * @description The endpoint whose interface it is; null: of none.
             */
            endpointId: string | null;
            /** @description What it has received since it was made. */
            ingress: components["schemas"]["LinkTraffic"];
            /**
             * @description Null for `lo` and physical ones.
             * @example veth
             */
            kind: string | null;
            /** @example 02:42:0a:0a:00:02 */
            macAddress: string | null;
            /** @example 1500 */
            mtuBytes: number;
            /** @example eth0 */
            name: string;
            up: boolean;
        };
        StackNeighbour: {
            /** @example 10.10.0.3 */
            address: string;
            /** @example eth0 */
            link: string;
            /** @description Null while it is being asked for, or was not found. */
            macAddress: string | null;
            /** @enum {string} */
            state: "incomplete" | "reachable" | "stale" | "delay" | "probe" | "failed" | "noarp" | "permanent";
        };
        StackRoute: {
            /** @description Made by the kernel, for the prefix of an address. */
            byKernel: boolean;
            /** @example 0.0.0.0/0 */
            destination: string;
            /** @example eth0 */
            link: string | null;
            metric: number | null;
            /** @description Where packets by it come from, unless they name an address; null: the kernel’s choice. */
            source: string | null;
            /**
             * @description The next hop; null: on the link itself.
             * @example 10.10.0.1
             */
            via: string | null;
        };
        Subnet: {
            /** @example 10.10.0.0/24 */
            cidr: string;
            /** @example 10.10.0.1 */
            gateway?: string;
            /** @example 10.10.0.128/25 */
            ipRange?: string;
            reserved?: string[];
        };
        SubnetStatus: {
            /** @description Rounded where it exceeds 2^53. */
            addressesFree: number;
            /** @description Of endpoints; in overlay networks also one for each host. */
            addressesInUse: number;
            /** @example 10.10.0.0/24 */
            cidr: string;
            /** @enum {string} */
            family: "IPv4" | "IPv6";
            /**
             * @description Null where there is none: in the l3 modes of driver ipvlan the host itself leads out.
             * @example 10.10.0.1
             */
            gateway: string | null;
        };
        TcpResult: {
            connected: boolean;
            connectMs: number | null;
            error?: string;
            /** @enum {string} */
            kind: "tcp";
        };
        Tenant: {
            metadata: components["schemas"]["Metadata"];
            spec: components["schemas"]["TenantSpec"];
            status: components["schemas"]["TenantStatus"];
        };
        TenantGrants: {
            /**
             * @description Drivers that networks may be of. `host`, `macvlan` and `ipvlan` reach what is the hosts’, or on the wire.
             * @example [
             *       "bridge",
             *       "overlay",
             *       "none"
             *     ]
             */
            drivers: ("bridge" | "host" | "none" | "overlay" | "macvlan" | "ipvlan")[];
            /**
             * @description Namespaces that sandboxes may be in. Others than `managed` may be anybody’s on the host.
             * @example [
             *       "managed"
             *     ]
             */
            namespaces: ("managed" | "host" | "adopted")[];
            parents: components["schemas"]["ParentGrant"][];
        };
        TenantPage: {
            items: components["schemas"]["Tenant"][];
            /** @description For `cursor`; null on the last page. The same is in `Link: rel="next"`. */
            nextCursor: string | null;
        };
        TenantSpec: {
            grants: components["schemas"]["TenantGrants"];
            quotas: components["schemas"]["Quotas"];
        };
        TenantStatus: {
            /** @description What there is that is not granted any more: it stays and works, and nothing like it can be made. By name, 100 at most; not covered by the ETag. */
            beyondGrants: components["schemas"]["BeyondGrants"][];
            /** @description Not covered by the ETag. */
            usage: components["schemas"]["Usage"];
        };
        Token: {
            metadata: components["schemas"]["Metadata"];
            spec: components["schemas"]["TokenSpec"];
            status: components["schemas"]["TokenStatus"];
        };
        TokenPage: {
            items: components["schemas"]["Token"][];
            /** @description For `cursor`; null on the last page. The same is in `Link: rel="next"`. */
            nextCursor: string | null;
        };
        TokenScope: {
            /**
             * @example [
             *       "endpoint",
             *       "sandbox"
             *     ]
             */
            resources: ("network" | "share" | "sandbox" | "endpoint" | "port" | "policy" | "probe" | "router" | "host" | "driver" | "event" | "change" | "watch" | "tenant" | "member" | "token" | "user" | "deployment-token" | "session" | "audit" | "enrolment" | "credential" | "placement" | "intent")[];
            /**
             * @example [
             *       "read",
             *       "create"
             *     ]
             */
            verbs: ("read" | "create" | "update" | "delete")[];
        };
        TokenSpec: {
            allowedSources: string[];
            /** Format: date-time */
            expiresAt: string | null;
            readOnly: boolean;
            /** @enum {string} */
            role: "owner" | "editor" | "viewer" | "admin" | "auditor";
            /** @description Null: all that the role may do. */
            scopes: components["schemas"]["TokenScope"][] | null;
        };
        TokenStatus: {
            /**
             * Format: date-time
             * @description To the minute.
             */
            lastUsedAt: string | null;
            /** @example 192.0.2.7 */
            lastUsedFrom: string | null;
            /**
             * @description The secret: in the answer to its creation, and never again.
             * @example ny_mPq4…
             */
            token?: string;
        };
        TraceHop: {
            address: string | null;
            rttMs: number | null;
            ttl: number;
        };
        TraceResult: {
            hops: components["schemas"]["TraceHop"][];
            /** @enum {string} */
            kind: "trace";
            reached: boolean;
        };
        TrafficCounters: {
            bytes: number;
            dropped: number;
            errors: number;
            /** @example 100 */
            limitMbps: number | null;
            /**
             * @description Measured just now.
             * @example 94.2
             */
            mbps: number;
            packets: number;
        };
        Tunnel: {
            /** @description What has gone to them. */
            egress: components["schemas"]["LinkTraffic"];
            encrypted: boolean;
            /** @description What has come from the other hosts, since the link was made. */
            ingress: components["schemas"]["LinkTraffic"];
            /**
             * @description The link on the host.
             * @example nyx0a1b2c3d
             */
            link: string;
            /**
             * @description Where it begins: on the underlay or, of encrypted networks, inside of WireGuard.
             * @example 198.51.100.1
             */
            localAddress: string;
            /**
             * @description Of the link; null while it is not there.
             * @example 1450
             */
            mtuBytes: number | null;
            /**
             * @description Name of the network.
             * @example wide
             */
            network: string;
            /**
             * @description UDP port.
             * @example 4789
             */
            port: number;
            /** @description The other hosts of the network. */
            remotes: components["schemas"]["TunnelRemote"][];
            /** @example 4096 */
            vni: number;
        };
        TunnelPath: {
            /**
             * @description The largest packet that was seen to pass unfragmented, none larger than needed being tried; null: none was answered.
             * @example 1400
             */
            carriedBytes: number | null;
            /**
             * @description The largest packet that tunnels send on it, with all headers from IP on.
             * @example 1500
             */
            neededBytes: number;
            /**
             * @description The router that refuses larger ones; null where they vanish without a word.
             * @example 192.0.2.254
             */
            refusedBy: string | null;
            /**
             * @description Whether it carries what tunnels send, drops their largest packets, or answers no echo request at all, so that what it carries is not known.
             * @enum {string}
             */
            state: "carries" | "drops" | "silent" | "unmeasured";
        };
        TunnelRemote: {
            /**
             * @description Where its tunnels begin and end.
             * @example 198.51.100.2
             */
            address: string;
            /** @description Endpoints of the network behind it. */
            endpointCount: number;
            /**
             * @description Name of the other host.
             * @example lab-2
             */
            host: string;
            /**
             * Format: date-time
             * @description When that was measured last; null: not yet.
             */
            measuredAt: string | null;
            /** @description What the underlay carries on the way there, and what this network needs of it. */
            path: components["schemas"]["TunnelPath"];
        };
        UnderlayAddress: {
            /** @example 198.51.100.1 */
            address: string;
            /**
             * @description Of the link that has the address.
             * @example 1500
             */
            mtuBytes: number;
        };
        UnderlayPath: {
            /**
             * @description The largest packet that was seen to pass unfragmented, none larger than needed being tried; null: none was answered.
             * @example 1400
             */
            carriedBytes: number | null;
            /**
             * @description Name of the host at the other end.
             * @example lab-2
             */
            host: string;
            /** @example 198.51.100.1 */
            localAddress: string;
            /**
             * @description The largest packet that tunnels send on it, with all headers from IP on.
             * @example 1500
             */
            neededBytes: number;
            /**
             * @description The router that refuses larger ones; null where they vanish without a word.
             * @example 192.0.2.254
             */
            refusedBy: string | null;
            /** @example 198.51.100.2 */
            remoteAddress: string;
            /**
             * @description Whether it carries what tunnels send, drops their largest packets, or answers no echo request at all, so that what it carries is not known.
             * @enum {string}
             */
            state: "carries" | "drops" | "silent" | "unmeasured";
        };
        UpstreamState: {
            /** @example 192.0.2.53 */
            address: string;
            /** @enum {string} */
            askedFrom: "sandbox" | "host";
            failures: number;
            /** @description False for ten seconds after a failure: it is then asked last. */
            healthy: boolean;
            lastError: string | null;
            queries: number;
            /** @description Of the last answer. */
            rttMs: number | null;
        };
        Usage: {
            addresses: number;
            bandwidthMbps: number;
            endpoints: number;
            networks: number;
            /** @description In this minute; counted where there is a quota. */
            probesPerMinute: number;
            publishedPorts: number;
            sandboxes: number;
        };
        User: {
            metadata: components["schemas"]["Metadata"];
            spec: components["schemas"]["UserSpec"];
            status: components["schemas"]["UserStatus"];
        };
        UserMembership: {
            /** @enum {string} */
            role: "owner" | "editor" | "viewer";
            /**
             * @description Name of the tenant.
             * @example class-a
             */
            tenant: string;
        };
        UserPage: {
            items: components["schemas"]["User"][];
            /** @description For `cursor`; null on the last page. The same is in `Link: rel="next"`. */
            nextCursor: string | null;
        };
        UserSpec: {
            /** @enum {string|null} */
            deploymentRole: "admin" | "auditor" | null;
            disabled: boolean;
            /** @description Accounts at OpenID Connect providers, the oldest first. */
            identities: components["schemas"]["Identity"][];
        };
        UserStatus: {
            /** @description Whether the user can sign in with a password. */
            hasPassword: boolean;
            memberships: components["schemas"]["UserMembership"][];
        };
        WatchDelete: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "host" | "router" | "network" | "sandbox" | "endpoint" | "port" | "policy" | "probe";
            name: string;
        };
        /** @description The data of `event: upsert`: the object with its kind. */
        WatchUpsert: ({
            /** @enum {string} */
            kind: "host";
        } & components["schemas"]["Host"]) | ({
            /** @enum {string} */
            kind: "router";
        } & components["schemas"]["Router"]) | ({
            /** @enum {string} */
            kind: "network";
        } & components["schemas"]["Network"]) | ({
            /** @enum {string} */
            kind: "sandbox";
        } & components["schemas"]["Sandbox"]) | ({
            /** @enum {string} */
            kind: "endpoint";
        } & components["schemas"]["Endpoint"]) | ({
            /** @enum {string} */
            kind: "port";
        } & components["schemas"]["Port"]) | ({
            /** @enum {string} */
            kind: "policy";
        } & components["schemas"]["Policy"]) | ({
            /** @enum {string} */
            kind: "probe";
        } & components["schemas"]["Probe"]);
    };
    responses: {
        /** @description The request is not valid; or: A query parameter is unknown or has a bad value */
        Problem400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    type?: "/problems/invalid-request" | "/problems/unknown-parameter";
                };
            };
        };
        /** @description A valid bearer token is needed */
        Problem401: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    type?: "/problems/unauthenticated";
                };
            };
        };
        /** @description The token does not allow this; or: The tenant may not have this */
        Problem403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    type?: "/problems/forbidden" | "/problems/not-granted";
                };
            };
        };
        /** @description There is no such object */
        Problem404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    type?: "/problems/not-found";
                };
            };
        };
        /** @description The name is in use; or: The subnet overlaps another one; or: The address is in use; or: The MAC address is in use; or: The port of the host is in use; or: The VNI is in use; or: Nothing new is placed on the host; or: The host cannot do what the network needs; or: The range for automatic host ports is used up; or: The interface name is in use in the sandbox; or: The subnet has no free address; or: The default address pools have no free prefix; or: A limit is reached; or: The tenant has used up what it may have; or: The object is in use; or: The endpoint is joined already; or: The endpoint is not joined; or: The endpoint is still being removed from a host; or: The object is being deleted; or: The first request with this Idempotency-Key is still running */
        Problem409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    type?: "/problems/name-taken" | "/problems/subnet-overlap" | "/problems/address-in-use" | "/problems/mac-in-use" | "/problems/port-in-use" | "/problems/vni-in-use" | "/problems/host-drained" | "/problems/host-unfit" | "/problems/ports-exhausted" | "/problems/interface-name-taken" | "/problems/subnet-exhausted" | "/problems/pools-exhausted" | "/problems/limit-reached" | "/problems/quota-exceeded" | "/problems/in-use" | "/problems/already-joined" | "/problems/not-joined" | "/problems/still-leaving" | "/problems/being-deleted" | "/problems/idempotency-running";
                };
            };
        };
        /** @description The event id is too old: list again */
        Problem410: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    type?: "/problems/watch-expired";
                };
            };
        };
        /** @description The object has changed meanwhile */
        Problem412: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    type?: "/problems/precondition-failed";
                };
            };
        };
        /** @description The body is too large */
        Problem413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    type?: "/problems/payload-too-large";
                };
            };
        };
        /** @description The body must be application/json */
        Problem415: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    type?: "/problems/unsupported-media-type";
                };
            };
        };
        /** @description A reference names nothing; or: A value cannot be accepted; or: The Idempotency-Key was used with another request */
        Problem422: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    type?: "/problems/unknown-reference" | "/problems/invalid-value" | "/problems/idempotency-mismatch";
                };
            };
        };
        /** @description Too many requests */
        Problem429: {
            headers: {
                /** @description Which limit it is, how many are left (`r`), and the seconds until there are all (`t`). */
                RateLimit?: string;
                /** @description How many there are (`q`) in how many seconds (`w`). */
                "RateLimit-Policy"?: string;
                /** @description Seconds after which to ask again. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    type?: "/problems/rate-limited";
                };
            };
        };
        /** @description Something went wrong inside Netyard */
        Problem500: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    type?: "/problems/internal";
                };
            };
        };
        /** @description A part that is needed cannot be reached */
        Problem503: {
            headers: {
                /** @description Seconds after which to ask again. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    type?: "/problems/unavailable";
                };
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listAudit: {
        parameters: {
            query?: {
                /** @description Name of the user or token. */
                actor?: string;
                /** @description Where to go on: `nextCursor` of the page before. The latest come first. */
                cursor?: string;
                limit?: number;
                object?: string;
                outcome?: "done" | "refused" | "failed";
                resource?: "network" | "share" | "sandbox" | "endpoint" | "port" | "policy" | "probe" | "router" | "host" | "driver" | "event" | "change" | "watch" | "tenant" | "member" | "token" | "user" | "deployment-token" | "session" | "audit" | "enrolment" | "credential" | "placement" | "intent";
                /** @description Not before. */
                since?: string;
                /** @description Name of the tenant; for admins and auditors, who see all otherwise. */
                tenant?: string;
                /** @description Before. */
                until?: string;
                verb?: "read" | "create" | "update" | "delete";
            };
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    exportAudit: {
        parameters: {
            query?: {
                /** @description Name of the user or token. */
                actor?: string;
                object?: string;
                outcome?: "done" | "refused" | "failed";
                resource?: "network" | "share" | "sandbox" | "endpoint" | "port" | "policy" | "probe" | "router" | "host" | "driver" | "event" | "change" | "watch" | "tenant" | "member" | "token" | "user" | "deployment-token" | "session" | "audit" | "enrolment" | "credential" | "placement" | "intent";
                /** @description Not before. */
                since?: string;
                /** @description Name of the tenant; for admins and auditors, who see all otherwise. */
                tenant?: string;
                /** @description Before. */
                until?: string;
                verb?: "read" | "create" | "update" | "delete";
            };
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newline-delimited JSON: an AuditEntry in each line. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listChanges: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. The latest come first. */
                cursor?: string;
                /** @description Id of the object, which may be gone. */
                id?: string;
                kind?: "network" | "sandbox" | "endpoint" | "port" | "policy" | "share";
                limit?: number;
            };
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangePage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listDrivers: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DriverList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getDriver: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of what is known already. */
                "If-None-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Driver"];
                };
            };
            /** @description Nothing has changed since the ETag that was given. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listEndpoints: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Name or id of the host. */
                host?: string[];
                /** @description `a=b`, `a!=b`, `a` (has it), `!a` (has it not), joined by commas: all must hold. */
                labelSelector?: string;
                limit?: number;
                /** @description Repeated: any of them. */
                name?: string[];
                /** @description Name or id of the network. */
                network?: string[];
                /** @description Name or id of the sandbox. */
                sandbox?: string[];
                sort?: "name" | "-name" | "createdAt" | "-createdAt";
            };
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request repeatable for 24 h: the same key and body get the first answer again. */
                "Idempotency-Key"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
                /** @description `wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateEndpoint"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Endpoint"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of what is known already. */
                "If-None-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Endpoint"];
                };
            };
            /** @description Nothing has changed since the ETag that was given. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteEndpoint: {
        parameters: {
            query?: {
                /** @description Removes it at once, without waiting for its host: for hosts that are lost. */
                force?: boolean;
            };
            header?: {
                /** @description ETag that the object must still have. */
                "If-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
                /** @description `wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it. */
                Prefer?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its host is being cleaned. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Endpoint"];
                };
            };
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    patchEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag that the object must still have. */
                "If-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
                /** @description `wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it. */
                Prefer?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchEndpoint"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Endpoint"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getEndpointCounters: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of what is known already. */
                "If-None-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointCounters"];
                };
            };
            /** @description Nothing has changed since the ETag that was given. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    joinEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request repeatable for 24 h: the same key and body get the first answer again. */
                "Idempotency-Key"?: string;
                /** @description ETag that the object must still have. */
                "If-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
                /** @description `wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it. */
                Prefer?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JoinEndpoint"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Endpoint"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    leaveEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request repeatable for 24 h: the same key and body get the first answer again. */
                "Idempotency-Key"?: string;
                /** @description ETag that the object must still have. */
                "If-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
                /** @description `wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it. */
                Prefer?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Endpoint"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listPorts: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Name or id of a host that publishes it. */
                host?: string[];
                /** @description `a=b`, `a!=b`, `a` (has it), `!a` (has it not), joined by commas: all must hold. */
                labelSelector?: string;
                limit?: number;
                /** @description Repeated: any of them. */
                name?: string[];
                protocol?: ("tcp" | "udp" | "sctp")[];
                sort?: "name" | "-name" | "createdAt" | "-createdAt";
            };
            header?: {
                /** @description ETag of what is known already. */
                "If-None-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortPage"];
                };
            };
            /** @description Nothing has changed since the ETag that was given. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createPort: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request repeatable for 24 h: the same key and body get the first answer again. */
                "Idempotency-Key"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
                /** @description `wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it. */
                Prefer?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreatePort"];
            };
        };
        responses: {
            201: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Port"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getPort: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of what is known already. */
                "If-None-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                port: string;
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Port"];
                };
            };
            /** @description Nothing has changed since the ETag that was given. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deletePort: {
        parameters: {
            query?: {
                /** @description Removes it at once, without waiting for its host: for hosts that are lost. */
                force?: boolean;
            };
            header?: {
                /** @description ETag that the object must still have. */
                "If-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
                /** @description `wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it. */
                Prefer?: string;
            };
            path: {
                port: string;
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its host is still closing it. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Port"];
                };
            };
            /** @description It is closed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    patchPort: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag that the object must still have. */
                "If-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
                /** @description `wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it. */
                Prefer?: string;
            };
            path: {
                port: string;
                ref: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchPort"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Port"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createPorts: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request repeatable for 24 h: the same key and body get the first answer again. */
                "Idempotency-Key"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
                /** @description `wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it. */
                Prefer?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkCreatePorts"];
            };
        };
        responses: {
            201: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createEndpoints: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request repeatable for 24 h: the same key and body get the first answer again. */
                "Idempotency-Key"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
                /** @description `wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkCreateEndpoints"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteEndpoints: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request repeatable for 24 h: the same key and body get the first answer again. */
                "Idempotency-Key"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
                /** @description `wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkDelete"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkDeleteResult"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    previewEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request repeatable for 24 h: the same key and body get the first answer again. */
                "Idempotency-Key"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
                /** @description `wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateEndpoint"];
            };
        };
        responses: {
            /** @description As it would be. There is no endpoint of this id, and its address is not held for it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Endpoint"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. The latest come first. */
                cursor?: string;
                /** @description Name or id of the host: what it told of, and what became of it. */
                host?: string;
                /** @description Id of the object. */
                id?: string;
                kind?: ("host" | "router" | "network" | "sandbox" | "endpoint" | "port" | "policy" | "probe")[];
                limit?: number;
                /** @description Name of the object, as it was called then. */
                name?: string;
                /** @description Repeated: any of them. */
                reason?: string[];
                /** @description Happened again since then, or for the first time. */
                since?: string;
                type?: "Normal" | "Warning";
                /** @description Happened last before then. */
                until?: string;
            };
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listHosts: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description `a=b`, `a!=b`, `a` (has it), `!a` (has it not), joined by commas: all must hold. */
                labelSelector?: string;
                limit?: number;
                /** @description Repeated: any of them. */
                name?: string[];
                sort?: "name" | "-name" | "createdAt" | "-createdAt";
            };
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HostPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getHost: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of what is known already. */
                "If-None-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Host"];
                };
            };
            /** @description Nothing has changed since the ETag that was given. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteHost: {
        parameters: {
            query?: {
                /** @description Removes it at once, without waiting for its host: for hosts that are lost. */
                force?: boolean;
            };
            header?: {
                /** @description ETag that the object must still have. */
                "If-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone; a worker that is still running registers it anew. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    patchHost: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag that the object must still have. */
                "If-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchHost"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Host"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getHostCounters: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of what is known already. */
                "If-None-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HostCounters"];
                };
            };
            /** @description Nothing has changed since the ETag that was given. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    exchangeCredential: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExchangeCredential"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HostCredential"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    followHostFeed: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-sent events; `data` is a feed message, `id` the place to resume from. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    rotateHostKeys: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request repeatable for 24 h: the same key and body get the first answer again. */
                "Idempotency-Key"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The keys are replaced. */
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Host"];
                };
            };
            /** @description Under way: `status.keys` says what is waited for. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Host"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listPlaced: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: {
                /** @description ETag of what is known already. */
                "If-None-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacedPage"];
                };
            };
            /** @description Nothing has changed since the ETag that was given. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    registerHost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HostRegistration"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Host"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    reportFromHost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    events: {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        kind: "host" | "router" | "network" | "sandbox" | "endpoint" | "port" | "policy" | "probe";
                        message: string;
                        reason: string;
                        /** @enum {string} */
                        type: "Normal" | "Warning";
                    }[];
                    inquiries?: {
                        answer: Record<string, never> | null;
                        error: string | null;
                        /** Format: uuid */
                        id: string;
                    }[];
                    objects: {
                        conditions: {
                            message: string;
                            reason: string;
                            /** @enum {string} */
                            status: "True" | "False" | "Unknown";
                            type: string;
                        }[];
                        gone: boolean;
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        kind: "router" | "network" | "sandbox" | "endpoint" | "peer" | "key" | "port" | "policy";
                        lease?: {
                            address: string;
                            dns: string[];
                            domain: string | null;
                            expiresAt: string;
                            gateway: string | null;
                            obtainedAt: string;
                            prefixLength: number;
                            renewAt: string;
                            server: string;
                            /** @enum {string} */
                            state: "bound" | "renewing";
                        } | null;
                        observedGeneration: number;
                    }[];
                    probes: {
                        error: string | null;
                        /** Format: uuid */
                        id: string;
                        result: Record<string, never> | null;
                    }[];
                };
            };
        };
        responses: {
            /** @description Taken in. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getTunnels: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of what is known already. */
                "If-None-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HostTunnels"];
                };
            };
            /** @description Nothing has changed since the ETag that was given. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listEnrolments: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description `a=b`, `a!=b`, `a` (has it), `!a` (has it not), joined by commas: all must hold. */
                labelSelector?: string;
                limit?: number;
                /** @description Repeated: any of them. */
                name?: string[];
                sort?: "name" | "-name" | "createdAt" | "-createdAt";
            };
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnrolmentPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createEnrolment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateEnrolment"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Enrolment"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteEnrolment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its token is good for nothing any more. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listNetworks: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                driver?: ("bridge" | "host" | "none" | "overlay" | "macvlan" | "ipvlan")[];
                /** @description Name or id of a host that the network is realised on or confined to. */
                host?: string[];
                /** @description `a=b`, `a!=b`, `a` (has it), `!a` (has it not), joined by commas: all must hold. */
                labelSelector?: string;
                limit?: number;
                /** @description Repeated: any of them. */
                name?: string[];
                sort?: "name" | "-name" | "createdAt" | "-createdAt";
            };
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NetworkPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createNetwork: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request repeatable for 24 h: the same key and body get the first answer again. */
                "Idempotency-Key"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
                /** @description `wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateNetwork"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Network"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getNetwork: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of what is known already. */
                "If-None-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Network"];
                };
            };
            /** @description Nothing has changed since the ETag that was given. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteNetwork: {
        parameters: {
            query?: {
                /** @description Deletes its endpoints as well. */
                cascade?: boolean;
                /** @description Removes it at once, without waiting for its host: for hosts that are lost. */
                force?: boolean;
            };
            header?: {
                /** @description ETag that the object must still have. */
                "If-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
                /** @description `wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it. */
                Prefer?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its hosts are being cleaned. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Network"];
                };
            };
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    patchNetwork: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag that the object must still have. */
                "If-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
                /** @description `wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it. */
                Prefer?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchNetwork"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Network"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listAddresses: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Of ranges; fewer may come where neighbouring ones are one. */
                limit?: number;
                /** @description Only this part: a prefix within a subnet of the network. */
                within?: string;
            };
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddressRangePage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listShares: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShareList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    putShare: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                ref: string;
                with: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Share"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteShare: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                ref: string;
                with: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is shared no more. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createNetworks: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request repeatable for 24 h: the same key and body get the first answer again. */
                "Idempotency-Key"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
                /** @description `wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkCreateNetworks"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NetworkList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteNetworks: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request repeatable for 24 h: the same key and body get the first answer again. */
                "Idempotency-Key"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
                /** @description `wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkDelete"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkDeleteResult"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listPolicies: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description `a=b`, `a!=b`, `a` (has it), `!a` (has it not), joined by commas: all must hold. */
                labelSelector?: string;
                limit?: number;
                /** @description Repeated: any of them. */
                name?: string[];
                /** @description Name or id of the network. */
                network?: string[];
                sort?: "name" | "-name" | "createdAt" | "-createdAt";
            };
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createPolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request repeatable for 24 h: the same key and body get the first answer again. */
                "Idempotency-Key"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
                /** @description `wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreatePolicy"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getPolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of what is known already. */
                "If-None-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            /** @description Nothing has changed since the ETag that was given. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deletePolicy: {
        parameters: {
            query?: {
                /** @description Removes it at once, without waiting for its host: for hosts that are lost. */
                force?: boolean;
            };
            header?: {
                /** @description ETag that the object must still have. */
                "If-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
                /** @description `wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it. */
                Prefer?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its hosts are being cleaned of it. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    patchPolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag that the object must still have. */
                "If-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
                /** @description `wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it. */
                Prefer?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchPolicy"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getPolicyCounters: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of what is known already. */
                "If-None-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyCounters"];
                };
            };
            /** @description Nothing has changed since the ETag that was given. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createPolicies: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request repeatable for 24 h: the same key and body get the first answer again. */
                "Idempotency-Key"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
                /** @description `wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkCreatePolicies"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deletePolicies: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request repeatable for 24 h: the same key and body get the first answer again. */
                "Idempotency-Key"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
                /** @description `wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkDelete"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkDeleteResult"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    previewPolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request repeatable for 24 h: the same key and body get the first answer again. */
                "Idempotency-Key"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
                /** @description `wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreatePolicy"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyPreview"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listAllPorts: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Name or id of the endpoint. */
                endpoint?: string[];
                /** @description Name or id of a host that publishes it. */
                host?: string[];
                /** @description `a=b`, `a!=b`, `a` (has it), `!a` (has it not), joined by commas: all must hold. */
                labelSelector?: string;
                limit?: number;
                /** @description Repeated: any of them. */
                name?: string[];
                protocol?: ("tcp" | "udp" | "sctp")[];
                sort?: "name" | "-name" | "createdAt" | "-createdAt";
            };
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listProbes: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                kind?: ("ping" | "tcp" | "udp-dns" | "http" | "trace")[];
                /** @description `a=b`, `a!=b`, `a` (has it), `!a` (has it not), joined by commas: all must hold. */
                labelSelector?: string;
                limit?: number;
                /** @description Repeated: any of them. */
                name?: string[];
                /** @description Name or id of the sandbox. */
                sandbox?: string[];
                sort?: "name" | "-name" | "createdAt" | "-createdAt";
            };
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProbePage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createProbe: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request repeatable for 24 h: the same key and body get the first answer again. */
                "Idempotency-Key"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
                /** @description `wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateProbe"];
            };
        };
        responses: {
            /** @description The probe has finished. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Probe"];
                };
            };
            /** @description It has not finished yet. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Probe"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getProbe: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of what is known already. */
                "If-None-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Probe"];
                };
            };
            /** @description Nothing has changed since the ETag that was given. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteProbe: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
                /** @description `wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it. */
                Prefer?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listRouters: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Name or id of the host. */
                host?: string[];
                /** @description `a=b`, `a!=b`, `a` (has it), `!a` (has it not), joined by commas: all must hold. */
                labelSelector?: string;
                limit?: number;
                /** @description Repeated: any of them. */
                name?: string[];
                sort?: "name" | "-name" | "createdAt" | "-createdAt";
            };
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RouterPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getRouter: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of what is known already. */
                "If-None-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Router"];
                };
            };
            /** @description Nothing has changed since the ETag that was given. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listSandboxes: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Name or id of the host. */
                host?: string[];
                /** @description `a=b`, `a!=b`, `a` (has it), `!a` (has it not), joined by commas: all must hold. */
                labelSelector?: string;
                limit?: number;
                /** @description Repeated: any of them. */
                name?: string[];
                sort?: "name" | "-name" | "createdAt" | "-createdAt";
            };
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SandboxPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createSandbox: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request repeatable for 24 h: the same key and body get the first answer again. */
                "Idempotency-Key"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
                /** @description `wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateSandbox"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sandbox"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getSandbox: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of what is known already. */
                "If-None-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sandbox"];
                };
            };
            /** @description Nothing has changed since the ETag that was given. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteSandbox: {
        parameters: {
            query?: {
                /** @description Removes it at once, without waiting for its host: for hosts that are lost. */
                force?: boolean;
            };
            header?: {
                /** @description ETag that the object must still have. */
                "If-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
                /** @description `wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it. */
                Prefer?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its host is being cleaned. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sandbox"];
                };
            };
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    patchSandbox: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag that the object must still have. */
                "If-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
                /** @description `wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it. */
                Prefer?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchSandbox"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sandbox"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getResolver: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of what is known already. */
                "If-None-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResolverState"];
                };
            };
            /** @description Nothing has changed since the ETag that was given. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getSandboxStack: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of what is known already. */
                "If-None-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SandboxStack"];
                };
            };
            /** @description Nothing has changed since the ETag that was given. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createSandboxes: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request repeatable for 24 h: the same key and body get the first answer again. */
                "Idempotency-Key"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
                /** @description `wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkCreateSandboxes"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SandboxList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteSandboxes: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request repeatable for 24 h: the same key and body get the first answer again. */
                "Idempotency-Key"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
                /** @description `wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkDelete"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkDeleteResult"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is over; the one at the provider can be ended as well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedOut"];
                };
            };
            /** @description It is over. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePassword"];
            };
        };
        responses: {
            /** @description It is changed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    signOutEverywhere: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They are over; the one at the provider can be ended as well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedOut"];
                };
            };
            /** @description They are over. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is over. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    completeOidcSignIn: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompleteSignIn"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listTenantShares: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NetworkShareList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listSignInMethods: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInMethodList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    beginOidcSignIn: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BeginSignIn"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BegunSignIn"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listTenants: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description `a=b`, `a!=b`, `a` (has it), `!a` (has it not), joined by commas: all must hold. */
                labelSelector?: string;
                limit?: number;
                /** @description Repeated: any of them. */
                name?: string[];
                sort?: "name" | "-name" | "createdAt" | "-createdAt";
            };
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createTenant: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request repeatable for 24 h: the same key and body get the first answer again. */
                "Idempotency-Key"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateTenant"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getTenant: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of what is known already. */
                "If-None-Match"?: string;
            };
            path: {
                tenant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            /** @description Nothing has changed since the ETag that was given. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteTenant: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag that the object must still have. */
                "If-Match"?: string;
            };
            path: {
                tenant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    patchTenant: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag that the object must still have. */
                "If-Match"?: string;
            };
            path: {
                tenant: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchTenant"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listMembers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                tenant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of what is known already. */
                "If-None-Match"?: string;
            };
            path: {
                ref: string;
                tenant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
            /** @description Nothing has changed since the ETag that was given. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    putMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag that the object must still have. */
                "If-Match"?: string;
            };
            path: {
                ref: string;
                tenant: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutMember"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag that the object must still have. */
                "If-Match"?: string;
            };
            path: {
                ref: string;
                tenant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user is a member no more. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listTokens: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description `a=b`, `a!=b`, `a` (has it), `!a` (has it not), joined by commas: all must hold. */
                labelSelector?: string;
                limit?: number;
                /** @description Repeated: any of them. */
                name?: string[];
                sort?: "name" | "-name" | "createdAt" | "-createdAt";
            };
            header?: never;
            path: {
                tenant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                tenant: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateToken"];
            };
        };
        responses: {
            201: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of what is known already. */
                "If-None-Match"?: string;
            };
            path: {
                ref: string;
                tenant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
            /** @description Nothing has changed since the ETag that was given. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag that the object must still have. */
                "If-Match"?: string;
            };
            path: {
                ref: string;
                tenant: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listDeploymentTokens: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description `a=b`, `a!=b`, `a` (has it), `!a` (has it not), joined by commas: all must hold. */
                labelSelector?: string;
                limit?: number;
                /** @description Repeated: any of them. */
                name?: string[];
                sort?: "name" | "-name" | "createdAt" | "-createdAt";
            };
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createDeploymentToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateDeploymentToken"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getDeploymentToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of what is known already. */
                "If-None-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
            /** @description Nothing has changed since the ETag that was given. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteDeploymentToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag that the object must still have. */
                "If-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /** @description Where to go on: `nextCursor` of the page before. */
                cursor?: string;
                /** @description `a=b`, `a!=b`, `a` (has it), `!a` (has it not), joined by commas: all must hold. */
                labelSelector?: string;
                limit?: number;
                /** @description Repeated: any of them. */
                name?: string[];
                sort?: "name" | "-name" | "createdAt" | "-createdAt";
            };
            header?: {
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request repeatable for 24 h: the same key and body get the first answer again. */
                "Idempotency-Key"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateUser"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of what is known already. */
                "If-None-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Nothing has changed since the ETag that was given. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag that the object must still have. */
                "If-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    patchUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag that the object must still have. */
                "If-Match"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchUser"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description The resource version, in quotes. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    watch: {
        parameters: {
            query?: {
                /** @description Of host, router, network, sandbox, endpoint, port, policy, probe, joined by commas; all when left out. */
                kinds?: string;
                labelSelector?: string;
            };
            header?: {
                /** @description Place to go on after; 410 when it is too old. */
                "Last-Event-ID"?: string;
                /** @description Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out. */
                "Netyard-Tenant"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * @description Server-sent events. `snapshot` begins a full account of what there is, which `in-sync` ends; from then on
             *     come changes: `upsert` (data: WatchUpsert) and `delete` (data: WatchDelete). `id` is the place in the stream, good for `Last-Event-ID`.
             */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            410: components["responses"]["Problem410"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
}
