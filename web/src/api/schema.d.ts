// Made by `npm run types` of crates/server/openapi.json; not to be edited.

export interface paths {
    "/api/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server and its database answer */
        get: operations["get_api_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The audit log, the newest first */
        get: operations["get_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/captures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The latest good capture of each device of one type */
        get: operations["get_captures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/captures/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What one capture says, secrets masked */
        get: operations["get_captures_by_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/captures/{id}/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The lines of a capture that prove a fact, secrets masked */
        get: operations["get_captures_by_id_lines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/change-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** By which rules changes are judged, in their order */
        get: operations["get_change_rules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Changes, the newest first */
        get: operations["get_changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/changes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A change with its difference and the lines that prove it */
        get: operations["get_changes_by_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/changes/{id}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What of a change was left out as noise, and by which filter */
        get: operations["get_changes_by_id_explain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/collections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start a collection. With `Idempotency-Key`, once */
        post: operations["post_collections"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/collections/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a collection would ask, and whom */
        post: operations["post_collections_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Credentials, without their secrets */
        get: operations["get_credentials"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures of the network: devices, captures, parsing, changes, runs, credentials */
        get: operations["get_dashboard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/device-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Records by name */
        get: operations["get_device_types"];
        put?: never;
        /** Add a record; `dry_run` shows what would be */
        post: operations["post_device_types"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/device-types/{reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A record by slug, name or id; `ETag` is its version */
        get: operations["get_device_types_by_reference"];
        put?: never;
        post?: never;
        /** Delete a record, and what hangs on it; `dry_run` says what that is */
        delete: operations["delete_device_types_by_reference"];
        options?: never;
        head?: never;
        /** Change a record; with `If-Match` only the version that was seen */
        patch: operations["patch_device_types_by_reference"];
        trace?: never;
    };
    "/api/v1/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Devices */
        get: operations["get_devices"];
        put?: never;
        /** Add a record; `dry_run` shows what would be */
        post: operations["post_devices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A device with all that is known of it
         * @description By slug, name, address, serial number or id. `ETag` is its version, for `If-Match` of a change.
         */
        get: operations["get_devices_by_reference"];
        put?: never;
        post?: never;
        /** Delete a record, and what hangs on it; `dry_run` says what that is */
        delete: operations["delete_devices_by_reference"];
        options?: never;
        head?: never;
        /** Change a record; with `If-Match` only the version that was seen */
        patch: operations["patch_devices_by_reference"];
        trace?: never;
    };
    "/api/v1/devices/{reference}/captures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All versions of a device's captures, the newest first */
        get: operations["get_devices_by_reference_captures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{reference}/captures/{capture_type}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The latest good capture of a type of a device, or the one that was valid at a time; secrets masked */
        get: operations["get_devices_by_reference_captures_by_capture_type"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{reference}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The difference of two captures: versions, times or devices; secrets masked */
        get: operations["get_devices_by_reference_diff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/bulk-delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete many devices at once; `dry_run` says what would be lost. `undo` of the answer takes it back */
        post: operations["post_devices_bulk_delete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/bulk-edit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change many devices at once; `dry_run` shows each. `undo` of the answer takes it back */
        post: operations["post_devices_bulk_edit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discoveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start a discovery: a crawl by LLDP and CDP. With `Idempotency-Key`, once */
        post: operations["post_discoveries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Events as they happen
         * @description Server-sent events: `collection_started`, `device_started`, `device_completed`, `collection_progress`,
         *     `collection_complete` …, each with JSON. Send `Last-Event-ID` to go on where you were; `missed` says how many events
         *     were lost by a reader that was too slow or away for too long. Without it, the stream of a run begins with what is
         *     still kept of it, that of all runs with what comes next.
         */
        get: operations["get_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/executions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Executions, the newest first */
        get: operations["get_executions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/executions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An execution with the result of each device */
        get: operations["get_executions_by_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/executions/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel an execution of this server: devices under way are dropped, what was saved stays */
        post: operations["post_executions_by_id_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/executions/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go on with an execution whose process is gone */
        post: operations["post_executions_by_id_resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/executions/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new execution for the devices that failed in an old one */
        post: operations["post_executions_by_id_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/facts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Kinds of facts and their columns */
        get: operations["get_facts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/facts/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Facts of a kind: `arp`, `mac`, `routes`, `interfaces`, `components` … */
        get: operations["get_facts_by_kind"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/facts/{kind}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Facts of a kind as a file, a million at most */
        get: operations["get_facts_by_kind_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/find": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find anything; of a host, where it is plugged in and why we think so */
        get: operations["get_find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where and when something was seen */
        get: operations["get_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/host-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** SSH host keys of devices */
        get: operations["get_host_keys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/locations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Records by name */
        get: operations["get_locations"];
        put?: never;
        /** Add a record; `dry_run` shows what would be */
        post: operations["post_locations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/locations/{reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A record by slug, name or id; `ETag` is its version */
        get: operations["get_locations_by_reference"];
        put?: never;
        post?: never;
        /** Delete a record, and what hangs on it; `dry_run` says what that is */
        delete: operations["delete_locations_by_reference"];
        options?: never;
        head?: never;
        /** Change a record; with `If-Match` only the version that was seen */
        patch: operations["patch_locations_by_reference"];
        trace?: never;
    };
    "/api/v1/manufacturers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Records by name */
        get: operations["get_manufacturers"];
        put?: never;
        /** Add a record; `dry_run` shows what would be */
        post: operations["post_manufacturers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/manufacturers/{reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A record by slug, name or id; `ETag` is its version */
        get: operations["get_manufacturers_by_reference"];
        put?: never;
        post?: never;
        /** Delete a record, and what hangs on it; `dry_run` says what that is */
        delete: operations["delete_manufacturers_by_reference"];
        options?: never;
        head?: never;
        /** Change a record; with `If-Match` only the version that was seen */
        patch: operations["patch_manufacturers_by_reference"];
        trace?: never;
    };
    "/api/v1/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Notes, the last changed first */
        get: operations["get_notes"];
        put?: never;
        /** Write a note */
        post: operations["post_notes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A note with all that it ever said; `ETag` is its version */
        get: operations["get_notes_by_id"];
        put?: never;
        post?: never;
        /** Delete a note */
        delete: operations["delete_notes_by_id"];
        options?: never;
        head?: never;
        /** Change a note; what is not given stays */
        patch: operations["patch_notes_by_id"];
        trace?: never;
    };
    "/api/v1/platforms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Records by name */
        get: operations["get_platforms"];
        put?: never;
        /** Add a record; `dry_run` shows what would be */
        post: operations["post_platforms"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/platforms/{reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A record by slug, name or id; `ETag` is its version */
        get: operations["get_platforms_by_reference"];
        put?: never;
        post?: never;
        /** Delete a record, and what hangs on it; `dry_run` says what that is */
        delete: operations["delete_platforms_by_reference"];
        options?: never;
        head?: never;
        /** Change a record; with `If-Match` only the version that was seen */
        patch: operations["patch_platforms_by_reference"];
        trace?: never;
    };
    "/api/v1/prometheus/targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Devices as targets for `http_sd` of Prometheus */
        get: operations["get_prometheus_targets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was collected and read of each device and type, and why the rest was not */
        get: operations["get_reports_coverage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which credential each device takes, and what is left of the tries of each account */
        get: operations["get_reports_credentials"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/crypto": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How each host is spoken to, by which key, and what is wrong with it */
        get: operations["get_reports_crypto"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/os-versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which versions of operating systems run where */
        get: operations["get_reports_os_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Records by name */
        get: operations["get_roles"];
        put?: never;
        /** Add a record; `dry_run` shows what would be */
        post: operations["post_roles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/{reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A record by slug, name or id; `ETag` is its version */
        get: operations["get_roles_by_reference"];
        put?: never;
        post?: never;
        /** Delete a record, and what hangs on it; `dry_run` says what that is */
        delete: operations["delete_roles_by_reference"];
        options?: never;
        head?: never;
        /** Change a record; with `If-Match` only the version that was seen */
        patch: operations["patch_roles_by_reference"];
        trace?: never;
    };
    "/api/v1/route-lookup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** By which route each device sends a packet on, the most exact first */
        get: operations["get_route_lookup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search in what devices said, by a regular expression; secrets are masked and not found */
        get: operations["get_search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who asks */
        get: operations["get_session"];
        put?: never;
        /**
         * Log in: the answer sets the cookie of the session
         * @description Attempts are counted: after 10 refusals of a name from an address, or 20 from an address, the next one waits a while
         *     (429, with `Retry-After`).
         */
        post: operations["post_session"];
        /** Log out: the session is worth nothing from here on */
        delete: operations["delete_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sessions of who asks */
        get: operations["get_session_all"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set another password: other sessions of the user are over */
        put: operations["put_session_password"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Records by name */
        get: operations["get_sites"];
        put?: never;
        /** Add a record; `dry_run` shows what would be */
        post: operations["post_sites"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites/{reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A record by slug, name or id; `ETag` is its version */
        get: operations["get_sites_by_reference"];
        put?: never;
        post?: never;
        /** Delete a record, and what hangs on it; `dry_run` says what that is */
        delete: operations["delete_sites_by_reference"];
        options?: never;
        head?: never;
        /** Change a record; with `If-Match` only the version that was seen */
        patch: operations["patch_sites_by_reference"];
        trace?: never;
    };
    "/api/v1/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Records by name */
        get: operations["get_tags"];
        put?: never;
        /** Add a record; `dry_run` shows what would be */
        post: operations["post_tags"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tags/{reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A record by slug, name or id; `ETag` is its version */
        get: operations["get_tags_by_reference"];
        put?: never;
        post?: never;
        /** Delete a record, and what hangs on it; `dry_run` says what that is */
        delete: operations["delete_tags_by_reference"];
        options?: never;
        head?: never;
        /** Change a record; with `If-Match` only the version that was seen */
        patch: operations["patch_tags_by_reference"];
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tokens: an administrator sees all, everybody else their own */
        get: operations["get_tokens"];
        put?: never;
        /** Make a token */
        post: operations["post_tokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a token: from here on it opens nothing */
        delete: operations["delete_tokens_by_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/topology": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The map as nodes and edges */
        get: operations["get_topology"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/topology/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What came and went in the map between two moments */
        get: operations["get_topology_diff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/topology/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The map as a file */
        get: operations["get_topology_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/topology/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The links of the map, after them those to neighbours that are no devices of ours */
        get: operations["get_topology_links"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was done to the inventory and can be taken back, the newest first */
        get: operations["get_undo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/undo/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was done, row by row */
        get: operations["get_undo_by_id"];
        put?: never;
        /** Take it back, exactly; refused when a row moved since */
        post: operations["post_undo_by_id"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Users */
        get: operations["get_users"];
        put?: never;
        /** Add a user */
        post: operations["post_users"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A user; `ETag` is the version */
        get: operations["get_users_by_name"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change what a user may do, or whether at all; the last administrator stays */
        patch: operations["patch_users_by_name"];
        trace?: never;
    };
    "/api/v1/users/{name}/reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a user another password, made up and told once; their sessions are over */
        post: operations["post_users_by_name_reset_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vault": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether there is a vault, and whether it is open */
        get: operations["get_vault"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vault/lock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lock the vault */
        post: operations["post_vault_lock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vault/unlock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Unlock the vault: its key stays with the keyring of the machine. Guesses count as attempts to log in */
        post: operations["post_vault_unlock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures of the network for Prometheus; it holds a token: `authorization: {credentials_file: …}` */
        get: operations["get_metrics"];
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
        /** @description A way into a device that worked: the account, and the command line behind it. */
        Access: {
            platform: string;
            username: string;
        };
        /** @description What an AAA server, or one device by itself, counts failures for. */
        Account: {
            /** @description The AAA group; `local ADDRESS` for what a device keeps itself. */
            realm: string;
            username: string;
        };
        /** @description An account with refusals behind it. */
        AccountView: components["schemas"]["Account"] & {
            /** @description Where it was refused, and which credential. */
            refused: string[];
            stopped_at?: components["schemas"]["Timestamp"] | null;
            stopped_until?: components["schemas"]["Timestamp"] | null;
            /** Format: int32 */
            tries: number;
            /** Format: int32 */
            under_way: number;
            /**
             * Format: int32
             * @description Tries used up in the window, and all that there are.
             */
            used: number;
        };
        /**
         * @description What became of a thing.
         * @enum {string}
         */
        Action: "added" | "removed" | "changed" | "moved";
        AddToken: {
            expires_at?: components["schemas"]["Timestamp"] | null;
            /** @description What it is for: `prometheus`. */
            name: string;
            /** @description The most that it lets do. */
            scope: components["schemas"]["Role"];
            /** @description Whose it is to be; one's own when it is not given. */
            user?: string | null;
        };
        /** @description As whom devices are asked. Without any of it, as all that the unlocked vault holds. */
        AsWhomAsked: {
            /**
             * @description Names in the vault.
             * @default []
             */
            credentials?: string[];
            /** @default null */
            enable?: components["schemas"]["Secret"] | null;
            /** @default null */
            password?: components["schemas"]["Secret"] | null;
            /** @default null */
            username?: string | null;
        };
        AuditView: {
            /** @description `device.edit`, `login`, `user.add` … */
            action: string;
            actor: string;
            at: components["schemas"]["Timestamp"];
            /** @description Before and after, by what it was. */
            detail: Record<string, never>;
            /** Format: int64 */
            id: number;
            /** @description `device leaf-2` */
            object: string;
        };
        /** @description Who changed a configuration, and when, in the words of the device. */
        Author: {
            /** @description As printed, in the zone of the device. */
            at?: string | null;
            user?: string | null;
        };
        BulkDelete: {
            /** @description Show what would be, write nothing. */
            dry_run?: boolean;
            /** @description As `select` of `/api/v1/devices`. */
            select: string;
        };
        /** @description What many devices are to become. */
        BulkEdit: {
            edit: components["schemas"]["RecordEdit"];
            /** @description As `select` of `/api/v1/devices`. */
            select: string;
        };
        /** @description A link by the names of its ends. A port that nobody told is `None`. */
        Cable: {
            a_device: string;
            a_port?: string | null;
            b_device: string;
            b_port?: string | null;
        };
        /** @description The difference of two captures, secrets masked. */
        CaptureDiff: components["schemas"]["TextDifference"] & {
            device: string;
            /** @description Unified; empty when there is none. */
            diff: string;
            from: components["schemas"]["CaptureView"];
            to: components["schemas"]["CaptureView"];
            /** @description Whose capture `to` is. */
            with: string;
        };
        /** Format: int64 */
        CaptureId: number;
        /** @description What a device said, secrets masked. */
        CaptureText: {
            capture: components["schemas"]["CaptureView"];
            device: string;
            text: string;
        };
        CaptureTypeFigure: {
            capture_type: string;
            /**
             * Format: int64
             * @description With a good capture.
             */
            devices: number;
            /** @description When one was made, or found to be as before, last. */
            newest: components["schemas"]["Timestamp"];
        };
        /** @description A version of what a device said. */
        CaptureView: {
            capture_type: string;
            command: string;
            completeness: components["schemas"]["Completeness"];
            content_hash: string;
            /**
             * Format: int64
             * @description Facts that were read from the latest one; `None` for a type without facts.
             */
            facts?: number | null;
            first_seen: components["schemas"]["Timestamp"];
            id: components["schemas"]["CaptureId"];
            last_seen: components["schemas"]["Timestamp"];
            message?: string | null;
            /** @description How reading it went: `parsed`, `partly`, `not_parsed`. */
            parsed?: string | null;
            platform: string;
            /**
             * Format: double
             * @description How much of it was read when it was saved, from 0 to 1.
             */
            score?: number | null;
            /** Format: int64 */
            size: number;
            /**
             * Format: int64
             * @description Counts the good ones; an incomplete one has none.
             */
            version?: number | null;
        };
        /** @description A column that is different. */
        CellView: {
            after: string;
            before: string;
            column: string;
            /** @description Whether it had a part in the change. */
            counts: boolean;
        };
        /** @description One thing that changed, with the lines that prove it before and after. */
        ChangedThing: {
            action: components["schemas"]["Action"];
            after?: string | null;
            before?: string | null;
            new?: components["schemas"]["Evidence"] | null;
            old?: components["schemas"]["Evidence"] | null;
            /** @description `10.0.0.0/24`, `GigabitEthernet1/0/1` */
            subject: string;
        };
        /** Format: int64 */
        ChangeId: number;
        /** @description config, version, inventory, or a kind of fact */
        ChangeKind: string;
        ChangeView: {
            action?: components["schemas"]["Action"] | null;
            by?: components["schemas"]["Author"] | null;
            cause?: components["schemas"]["ChangeId"] | null;
            /** @description What came of it, by type: how many things. */
            caused?: {
                [key: string]: number;
            };
            /**
             * Format: int32
             * @description Things that changed; more than one for a storm.
             */
            count: number;
            detected_at: components["schemas"]["Timestamp"];
            device: string;
            /** @description Unified, secrets masked; empty in a list. */
            diff?: string;
            /** @description What came of it, one by one; empty in a list. */
            effects?: components["schemas"]["ChangeView"][];
            execution?: components["schemas"]["RunId"] | null;
            id: components["schemas"]["ChangeId"];
            /** Format: int32 */
            lines_added: number;
            /** Format: int32 */
            lines_removed: number;
            new_capture?: components["schemas"]["CaptureId"] | null;
            old_capture?: components["schemas"]["CaptureId"] | null;
            severity: components["schemas"]["Severity"];
            summary: string;
            /** @description What changed, with the lines that prove it; empty in a list and for a text. */
            things?: components["schemas"]["ChangedThing"][];
            type: components["schemas"]["ChangeKind"];
        };
        /** @description Whether an output is all of it. */
        Completeness: {
            /** @enum {string} */
            state: "complete";
        } | {
            /** @description Kept and marked; it never replaces the last good one. Says what is wrong. */
            reason: string;
            /** @enum {string} */
            state: "cut";
        } | {
            /** @description The device refused the command or does not have the feature: what it said. */
            reason: string;
            /** @enum {string} */
            state: "refused";
        } | {
            /** @description It failed the validation of its job; kept because somebody asked for it. */
            reason: string;
            /** @enum {string} */
            state: "invalid";
        };
        /** @description How many of what. */
        Count: {
            /** Format: int64 */
            count: number;
            /** @description Empty where nothing is known of it. */
            name: string;
        };
        CoverageCell: {
            capture_type: string;
            last_seen?: components["schemas"]["Timestamp"] | null;
            reason?: string | null;
            /** Format: int64 */
            rejected_rows: number;
            /**
             * Format: int64
             * @description Facts that are there now.
             */
            rows: number;
            /**
             * Format: int64
             * @description Bytes of the last answer.
             */
            size: number;
            state: components["schemas"]["CoverageState"];
            /** Format: int64 */
            unread_lines: number;
        };
        CoverageReport: {
            at: components["schemas"]["Timestamp"];
            /**
             * Format: int64
             * @description Answers that are kept, one for each device and type.
             */
            captures_total: number;
            /** Format: int64 */
            covered: number;
            devices: components["schemas"]["DeviceCoverage"][];
            /** Format: int64 */
            devices_total: number;
            /** Format: int64 */
            expected: number;
            /** Format: double */
            percent?: number | null;
            /** Format: int64 */
            sites_total: number;
            /** Format: int64 */
            size: number;
            states: {
                [key: string]: number;
            };
            types: components["schemas"]["TypeCoverage"][];
        };
        /**
         * @description What became of one capture type of one device.
         * @enum {string}
         */
        CoverageState: "rows" | "partly" | "empty" | "text" | "not_loaded" | "not_parsed" | "cut" | "refused" | "missing" | "unsupported";
        /** Format: int64 */
        CredentialId: number;
        /**
         * @description Whether anything is known to let us into a device.
         * @enum {string}
         */
        CredentialMark: "ok" | "failed" | "untested";
        CredentialUse: {
            name: string;
            preferred_on: number;
            refused_on: number;
            /** @description Devices where it worked when it was tried last. */
            works_on: number;
        };
        /** @description A credential without its secret. */
        CredentialView: {
            changed_at: components["schemas"]["Timestamp"];
            created_at: components["schemas"]["Timestamp"];
            /** @description What is in it, in words: `password,enable`. */
            holds: string;
            id: components["schemas"]["CredentialId"];
            is_default: boolean;
            kind: string;
            name: string;
            notes: string;
            /**
             * Format: int64
             * @description A lower number is tried first.
             */
            priority: number;
            /**
             * @description The AAA group that checks the account and may lock it; `local` when each device keeps its own. Empty when it is
             *     not known: then it counts as one account everywhere, which is the safe guess.
             */
            realm: string;
            username: string;
        };
        /** @description Credentials and accounts at a glance. */
        CredsStatus: {
            accounts: components["schemas"]["AccountView"][];
            /**
             * Format: double
             * @description Devices that a credential works on, of 100.
             */
            coverage_percent: number;
            credentials: components["schemas"]["CredentialUse"][];
            devices: components["schemas"]["DeviceCredentialView"][];
            failed: number;
            ok: number;
            total: number;
            untested: number;
        };
        /** @description One host: a device, a jump host, or what once answered at the address. */
        CryptoView: {
            address: string;
            /** @description The best that it ever spoke: it is not spoken to by worse. */
            best?: string | null;
            cipher?: string | null;
            /** @description The device at this address, when one is known. */
            device?: string | null;
            /** @description What somebody should do something about, in words. */
            findings: string[];
            fingerprint?: string | null;
            /** @description What it signed with. */
            host_key?: string | null;
            kex?: string | null;
            /** Format: int64 */
            key_age_days?: number | null;
            /** Format: int32 */
            key_bits?: number | null;
            key_origin?: components["schemas"]["KeyOrigin"] | null;
            key_since?: components["schemas"]["Timestamp"] | null;
            key_type?: string | null;
            /** @description Absent when the cipher needs none. */
            mac?: string | null;
            /** @description Other hosts with this very key. */
            same_key_as: string[];
            site?: string | null;
            /** @description `modern`, `legacy` or `telnet`, the last time; unknown when only a key was imported. */
            suite?: string | null;
        };
        /** @description What a deletion did, or would do. */
        Deleted: {
            /** @description What hung on each. */
            deletions: components["schemas"]["Deletion"][];
            written: components["schemas"]["Written"];
        };
        /** @description What deleting a record would take with it. */
        Deletion: {
            /** @description What hangs on it, with how many and what becomes of them. */
            dependents: components["schemas"]["Dependent"][];
            /** Format: int64 */
            id: number;
            kind: string;
            name: string;
        };
        /** @description Rows that hang on a record. */
        Dependent: {
            /** Format: int64 */
            count: number;
            fate: components["schemas"]["Fate"];
            /** @description `captures` */
            what: string;
        };
        /** @description A device of the inventory. */
        Device: {
            /** @description Where it is reached; unspecified as long as nobody knows. */
            address: string;
            chassis_mac?: components["schemas"]["Mac"] | null;
            first_seen: components["schemas"]["Timestamp"];
            id: components["schemas"]["DeviceId"];
            last_captured?: components["schemas"]["Timestamp"] | null;
            last_seen: components["schemas"]["Timestamp"];
            model?: string | null;
            /** @description As the device calls itself; two devices may have one name. */
            name: string;
            os_version?: string | null;
            platform: string;
            /** Format: int32 */
            port: number;
            role?: string | null;
            /** @description All chassis serial numbers: more than one for a stack. */
            serials: string[];
            site?: string | null;
            /** @description Unique in a tenant, safe as a file name: what commands and paths use. */
            slug: string;
            status: string;
            vendor: string;
        };
        /** @description A capture in a list over devices. */
        DeviceCapture: components["schemas"]["CaptureView"] & {
            device: string;
        };
        DeviceCoverage: {
            /** @description One for each type of the report, in its order. */
            cells: components["schemas"]["CoverageCell"][];
            /** Format: int64 */
            covered: number;
            device: string;
            /** Format: int64 */
            expected: number;
            platform: string;
            site?: string | null;
        };
        /** @description How a credential fared on a device. */
        DeviceCredential: {
            credential: string;
            device: components["schemas"]["DeviceId"];
            /**
             * Format: int32
             * @description Since it worked last.
             */
            failure_count: number;
            /** @description What worked last, of its kind. */
            is_preferred: boolean;
            /** @description `ssh`, `snmp`, or `enable` for the secret for privileged mode. */
            kind: string;
            last_failure_at?: components["schemas"]["Timestamp"] | null;
            last_success_at?: components["schemas"]["Timestamp"] | null;
            notes: string;
        };
        /** @description A device and the credential for it. */
        DeviceCredentialView: {
            /** @description What would be tried first. */
            credential?: string | null;
            device: string;
            /** Format: int32 */
            failure_count: number;
            last_failure_at?: components["schemas"]["Timestamp"] | null;
            last_success_at?: components["schemas"]["Timestamp"] | null;
            status: components["schemas"]["CredentialMark"];
        };
        /** Format: int64 */
        DeviceId: number;
        /** @description A device in a list. */
        DeviceRow: components["schemas"]["Device"] & {
            /** @description Whether anything lets us in. */
            credential: components["schemas"]["CredentialMark"];
        };
        /** @enum {string} */
        DeviceState: "pending" | "running" | "success" | "failed" | "skipped";
        /** @description A device with its neighbours and captures. */
        DeviceView: components["schemas"]["Device"] & {
            /** @description Accounts that worked. */
            accesses: components["schemas"]["Access"][];
            /** @description The latest good one of each type. */
            captures: components["schemas"]["CaptureView"][];
            /** @description How credentials fared: what is preferred first. */
            credentials: components["schemas"]["DeviceCredential"][];
            crypto?: components["schemas"]["CryptoView"] | null;
            links: components["schemas"]["LinkView"][];
            mentions: components["schemas"]["Note"][];
            /** @description Capture types that its platform cannot be asked for, and why. */
            not_asked: {
                [key: string]: string;
            };
            /** @description Notes on it, and notes elsewhere that link to it. */
            notes: components["schemas"]["Note"][];
            other_addresses: string[];
            /** @description What a person keeps of it, with its version. */
            record: components["schemas"]["Record"];
            /** @description Fields that are somebody's word, which discovery leaves alone. */
            said: components["schemas"]["Said"][];
        };
        /** @description Lines that belong together, with some that are the same around them. */
        DiffHunk: {
            rows: components["schemas"]["DiffRow"][];
        };
        /** @description A line of either text, or of both beside each other. */
        DiffRow: {
            kind: components["schemas"]["DiffRowKind"];
            new?: components["schemas"]["DiffSide"] | null;
            old?: components["schemas"]["DiffSide"] | null;
            /** @description The lines differ in a secret, and nothing of it is shown. */
            secret?: boolean;
        };
        /** @enum {string} */
        DiffRowKind: "same" | "added" | "removed" | "changed";
        DiffSide: {
            /**
             * Format: int32
             * @description In the whole text, from 1.
             */
            line: number;
            /** @description What of the text differs: first character and the one after the last, counted in characters. */
            marks?: [
                number,
                number
            ][];
            /** @description Secrets masked. */
            text: string;
        };
        /** @description What becomes, or would become, of one record. */
        Edited: {
            /** @description `create`, `update`, `unchanged` or `delete`. */
            effect: string;
            /** @description Field, before, after. */
            fields: [
                string,
                unknown,
                unknown
            ][];
            /** Format: int64 */
            id: number;
            kind: string;
            name: string;
        };
        EditUser: {
            /** @description Kept out, with all sessions and tokens. */
            disabled?: boolean | null;
            role?: components["schemas"]["Role"] | null;
        };
        /** @description What proves a fact: lines of a capture, read by a template. */
        Evidence: {
            capture: components["schemas"]["CaptureId"];
            capture_type: string;
            /** Format: int32 */
            first_line: number;
            /** Format: int32 */
            last_line: number;
            template: string;
        };
        /** @description A run with its devices. */
        Execution: components["schemas"]["RunView"] & {
            devices: components["schemas"]["ItemView"][];
        };
        Explained: components["schemas"]["TextExplanation"] | components["schemas"]["FactExplanation"];
        /** @description A change, and what had no part in it. */
        Explanation: components["schemas"]["Explained"] & {
            change: components["schemas"]["ChangeView"];
        };
        /** @description How facts of a kind are compared, and what came of it here. */
        FactExplanation: {
            /** @description A change for things that come and go. */
            comes_and_goes: boolean;
            /** @description Columns that matter. */
            compared: string[];
            fact: string;
            /** @description Columns of which a difference is told by nobody. */
            not_compared: string[];
            /** @description The rule that gave the severity, in the order of `velocity changes rules`. */
            rule?: string | null;
            /** @description Columns that make it the same thing on its device. */
            same_by: string[];
            things: components["schemas"]["ThingView"][];
        };
        /** @description A kind of fact. */
        FactKindView: {
            columns: string[];
            /** @description `arp`, `mac`, `bgp_neighbors` … */
            name: string;
        };
        /** @description A fact with what proves it. */
        FactView: Record<string, never> & {
            device: string;
            evidence: components["schemas"]["Evidence"];
            first_seen: components["schemas"]["Timestamp"];
            gone_at?: components["schemas"]["Timestamp"] | null;
            last_seen: components["schemas"]["Timestamp"];
            /** @description The lines themselves, when they were asked for. */
            proof?: string | null;
        };
        /**
         * @description Why a device failed or was left out: one for each thing an operator would do about it.
         * @enum {string}
         */
        FailureClass: "unreachable" | "connection_refused" | "authentication_failed" | "account_protected" | "host_key_changed" | "no_common_algorithm" | "algorithms_downgraded" | "jump_host_failed" | "timeout" | "connection_lost" | "different_device" | "unknown_platform" | "unsupported" | "output_too_large" | "incomplete_output" | "validation_failed" | "excluded_by_rule" | "not_network_device" | "duplicate" | "no_address" | "too_deep" | "cancelled" | "internal";
        /** @enum {string} */
        Fate: "deleted" | "cleared" | "own";
        Figures: {
            at: components["schemas"]["Timestamp"];
            by_platform: components["schemas"]["Count"][];
            by_role: components["schemas"]["Count"][];
            by_site: components["schemas"]["Count"][];
            by_status: components["schemas"]["Count"][];
            by_vendor: components["schemas"]["Count"][];
            captures: components["schemas"]["CaptureTypeFigure"][];
            /** @description Changes by severity, of the last 24 hours and the last 7 days. */
            changes_day: components["schemas"]["Count"][];
            changes_week: components["schemas"]["Count"][];
            /**
             * Format: double
             * @description 0 to 100.
             */
            credential_coverage_percent: number;
            /** @description Credentials of devices by what came of them last: `ok`, `failed`. */
            credentials: components["schemas"]["Count"][];
            /**
             * Format: int64
             * @description Log-ins that devices refused, ever.
             */
            device_login_failures: number;
            /** Format: int64 */
            devices: number;
            parsing: components["schemas"]["ParseFigure"][];
            /** @description Devices of runs that go on: `pending`, `running`. */
            queue: components["schemas"]["Count"][];
            runs: components["schemas"]["Count"][];
            /**
             * Format: int64
             * @description Log-ins that the server refused, ever.
             */
            server_login_failures: number;
            /** Format: int64 */
            sites: number;
            /**
             * Format: int64
             * @description Devices on which a credential works.
             */
            with_credential: number;
        };
        /** @description What a filter left out. */
        FilterView: {
            after: components["schemas"]["LineView"][];
            before: components["schemas"]["LineView"][];
            /** @description `noise`, `noise_parts`, `noise_blocks`, `unordered`, and the pattern. */
            filter: string;
        };
        /** @description Something that the text may mean. */
        FindAnswer: {
            device: string;
            evidence?: components["schemas"]["Evidence"] | null;
            first_seen: components["schemas"]["Timestamp"];
            gone_at?: components["schemas"]["Timestamp"] | null;
            /** @description `device`, or a kind of fact: `arp`, `mac`, `neighbors` … */
            kind: string;
            last_seen: components["schemas"]["Timestamp"];
            /**
             * Format: int32
             * @description 100 is exactly what was typed.
             */
            score: number;
            /** @description What it is, in a line. */
            what: string;
            /** @description Why it is an answer. */
            why: string;
        };
        FindReport: {
            /** @description The best first. */
            answers: components["schemas"]["FindAnswer"][];
            /** @description How the text was read, the likeliest first. */
            read_as: string[];
            /** @description The route of each device to the address, when the text is one. */
            routes: components["schemas"]["RouteView"][];
            /** @description Where the hosts are plugged in that the text names. */
            whereabouts: components["schemas"]["Whereabouts"][];
        };
        /** @description What was found, and in how much. */
        Found: {
            items: components["schemas"]["SearchFound"][];
            summary: components["schemas"]["SearchSummary"];
        };
        GoOn: {
            /**
             * @default {
             *       "credentials": [],
             *       "username": null
             *     }
             */
            as_whom?: components["schemas"]["AsWhomAsked"];
            /**
             * @default {
             *       "concurrency": null,
             *       "timeout": null
             *     }
             */
            pace?: components["schemas"]["Pace"];
        };
        /** @description Nothing in it is secret: everybody may ask. */
        Health: {
            /** @description `ok` or `failing` */
            database: string;
            /** @description `ok` or `failing` */
            status: string;
            version: string;
        };
        History: {
            /** @description What was seen first comes first. */
            intervals: components["schemas"]["Interval"][];
            /** @description How the text was read. */
            of: string;
        };
        /** @description A remembered host key. */
        HostKeyView: {
            address: string;
            algorithm: string;
            fingerprint: string;
            first_seen: components["schemas"]["Timestamp"];
            last_seen: components["schemas"]["Timestamp"];
            /** @description What the host showed since in its place, the last one first; it is not let in. */
            offered: components["schemas"]["Offered"][];
            origin: components["schemas"]["KeyOrigin"];
            /** Format: int32 */
            port: number;
        };
        /** @description From when to when something was so. */
        Interval: {
            device: string;
            evidence: components["schemas"]["Evidence"];
            /** @description Kind of the fact. */
            fact: string;
            first_seen: components["schemas"]["Timestamp"];
            gone_at?: components["schemas"]["Timestamp"] | null;
            last_seen: components["schemas"]["Timestamp"];
            /** @description All that the fact says, in a line. */
            what: string;
        };
        /** @description The result of one device. */
        ItemView: {
            address?: string | null;
            advice?: string | null;
            /** Format: int32 */
            attempts: number;
            class?: components["schemas"]["FailureClass"] | null;
            /** @description What its credential is called. */
            credential?: string | null;
            /** Format: int64 */
            duration_ms?: number | null;
            message: string;
            name: string;
            state: components["schemas"]["DeviceState"];
            /** @description The account that was accepted. */
            username?: string | null;
        };
        /**
         * @description How a host key came to be trusted.
         * @enum {string}
         */
        KeyOrigin: "first_use" | "imported" | "accepted";
        /** @description A line of a capture, secrets masked. */
        LineView: {
            /** Format: int32 */
            line: number;
            text: string;
        };
        /** @description A link as seen from one end. */
        LinkView: {
            /** @description Both ends claim it. */
            confirmed: boolean;
            local_device: string;
            local_port: string;
            /** @description Ports here and there by which it is made, where it is a port channel. */
            members: [
                string | null,
                string | null
            ][];
            protocols: string[];
            remote_device: string;
            remote_port: string;
            /**
             * Format: double
             * @description 0 to 1.
             */
            score: number;
            /** @description Why the neighbour is no device of ours; then nothing is known of its side but what it says. */
            unknown?: string | null;
        };
        LogIn: {
            name: string;
            password: components["schemas"]["Secret"];
        };
        /** @description 00:50:56:30:41:34 */
        Mac: string;
        /** @description The map, in the form of Cytoscape: `elements.nodes` and `elements.edges`, each with `data`. */
        Map: Record<string, never>;
        /** @description What came and what went, in natural order of the later map, then of the earlier. */
        MapDifference: {
            devices_added: string[];
            devices_removed: string[];
            links_added: components["schemas"]["Cable"][];
            links_removed: components["schemas"]["Cable"][];
            /** @description Neighbours that are no devices of ours. */
            unknown_added: string[];
            unknown_removed: string[];
        };
        /** @description Who asks, and what they may do. */
        Me: {
            /** @description By a token, not by a session. */
            by_token: boolean;
            /** @description Until a password was set by `PUT /api/v1/session/password`, nothing else is allowed. */
            must_change_password: boolean;
            name: string;
            /** @description What this session or token lets do. */
            role: components["schemas"]["Role"];
        };
        NewNote: {
            /** @description Markdown; `[[leaf-1]]` links to a device. */
            body: string;
            /** @description On this device, or on that site. */
            device?: string | null;
            site?: string | null;
            /** @description The first line of the body when it is not given. */
            title?: string | null;
        };
        NewUser: {
            name: string;
            password?: components["schemas"]["Secret"] | null;
            role: components["schemas"]["Role"];
        };
        Note: {
            author: string;
            /** @description Markdown. */
            body: string;
            changed_at: components["schemas"]["Timestamp"];
            changed_by: string;
            created_at: components["schemas"]["Timestamp"];
            /** @description The slug of the device that it is on. */
            device?: string | null;
            /** Format: int64 */
            id: number;
            /** @description The name of the site that it is on. */
            site?: string | null;
            title: string;
            /** Format: int64 */
            version: number;
        };
        NoteEdit: {
            body?: string | null;
            title?: string | null;
        };
        /** @description `[[leaf-1]]` in a note. */
        NoteLink: {
            /** @description The slug of the device that it means; `None` when there is none such. */
            device?: string | null;
            text: string;
        };
        /** @description What a note said once. */
        NoteVersion: {
            actor: string;
            at: components["schemas"]["Timestamp"];
            body: string;
            title: string;
            /** Format: int64 */
            version: number;
        };
        /** @description A note with the devices that it speaks of. */
        NoteView: components["schemas"]["Note"] & {
            /** @description What it said, newest first; only where one note is shown. */
            history?: components["schemas"]["NoteVersion"][];
            links: components["schemas"]["NoteLink"][];
        };
        /** @description What was written, and what takes it back. */
        NoteWritten: {
            /** Format: int64 */
            id?: number | null;
            /**
             * Format: int64
             * @description `POST /api/v1/undo/{id}` takes it back.
             */
            undo?: number | null;
        };
        /** @description A key that waits for a person. */
        Offered: {
            algorithm: string;
            fingerprint: string;
            first_seen: components["schemas"]["Timestamp"];
            last_seen: components["schemas"]["Timestamp"];
        };
        /** @description Devices that run one version of a platform. */
        OsVersionView: {
            devices: string[];
            models: string[];
            os_version?: string | null;
            platform: string;
            vendor: string;
        };
        /** @description How a run is paced; what is not given is as the configuration says. */
        Pace: {
            /**
             * Format: int32
             * @description Devices at once, 1 to 5000.
             * @default null
             */
            concurrency?: number | null;
            /**
             * Format: int32
             * @description Seconds for all that happens on one device.
             * @default null
             */
            timeout?: number | null;
        };
        /** @description Rows of a list, and how to go on. */
        Page_AuditView: {
            items: {
                /** @description `device.edit`, `login`, `user.add` … */
                action: string;
                actor: string;
                at: components["schemas"]["Timestamp"];
                /** @description Before and after, by what it was. */
                detail: Record<string, never>;
                /** Format: int64 */
                id: number;
                /** @description `device leaf-2` */
                object: string;
            }[];
            /** @description Give it as `cursor` for the next page; none on the last. */
            next?: string | null;
            /**
             * Format: int64
             * @description Rows of all pages, where they are counted.
             */
            total?: number | null;
        };
        /** @description Rows of a list, and how to go on. */
        Page_CaptureView: {
            items: {
                capture_type: string;
                command: string;
                completeness: components["schemas"]["Completeness"];
                content_hash: string;
                /**
                 * Format: int64
                 * @description Facts that were read from the latest one; `None` for a type without facts.
                 */
                facts?: number | null;
                first_seen: components["schemas"]["Timestamp"];
                id: components["schemas"]["CaptureId"];
                last_seen: components["schemas"]["Timestamp"];
                message?: string | null;
                /** @description How reading it went: `parsed`, `partly`, `not_parsed`. */
                parsed?: string | null;
                platform: string;
                /**
                 * Format: double
                 * @description How much of it was read when it was saved, from 0 to 1.
                 */
                score?: number | null;
                /** Format: int64 */
                size: number;
                /**
                 * Format: int64
                 * @description Counts the good ones; an incomplete one has none.
                 */
                version?: number | null;
            }[];
            /** @description Give it as `cursor` for the next page; none on the last. */
            next?: string | null;
            /**
             * Format: int64
             * @description Rows of all pages, where they are counted.
             */
            total?: number | null;
        };
        /** @description Rows of a list, and how to go on. */
        Page_ChangeView: {
            items: {
                action?: components["schemas"]["Action"] | null;
                by?: components["schemas"]["Author"] | null;
                cause?: components["schemas"]["ChangeId"] | null;
                /** @description What came of it, by type: how many things. */
                caused?: {
                    [key: string]: number;
                };
                /**
                 * Format: int32
                 * @description Things that changed; more than one for a storm.
                 */
                count: number;
                detected_at: components["schemas"]["Timestamp"];
                device: string;
                /** @description Unified, secrets masked; empty in a list. */
                diff?: string;
                /** @description What came of it, one by one; empty in a list. */
                effects?: components["schemas"]["ChangeView"][];
                execution?: components["schemas"]["RunId"] | null;
                id: components["schemas"]["ChangeId"];
                /** Format: int32 */
                lines_added: number;
                /** Format: int32 */
                lines_removed: number;
                new_capture?: components["schemas"]["CaptureId"] | null;
                old_capture?: components["schemas"]["CaptureId"] | null;
                severity: components["schemas"]["Severity"];
                summary: string;
                /** @description What changed, with the lines that prove it; empty in a list and for a text. */
                things?: components["schemas"]["ChangedThing"][];
                type: components["schemas"]["ChangeKind"];
            }[];
            /** @description Give it as `cursor` for the next page; none on the last. */
            next?: string | null;
            /**
             * Format: int64
             * @description Rows of all pages, where they are counted.
             */
            total?: number | null;
        };
        /** @description Rows of a list, and how to go on. */
        Page_CredentialView: {
            items: {
                changed_at: components["schemas"]["Timestamp"];
                created_at: components["schemas"]["Timestamp"];
                /** @description What is in it, in words: `password,enable`. */
                holds: string;
                id: components["schemas"]["CredentialId"];
                is_default: boolean;
                kind: string;
                name: string;
                notes: string;
                /**
                 * Format: int64
                 * @description A lower number is tried first.
                 */
                priority: number;
                /**
                 * @description The AAA group that checks the account and may lock it; `local` when each device keeps its own. Empty when it is
                 *     not known: then it counts as one account everywhere, which is the safe guess.
                 */
                realm: string;
                username: string;
            }[];
            /** @description Give it as `cursor` for the next page; none on the last. */
            next?: string | null;
            /**
             * Format: int64
             * @description Rows of all pages, where they are counted.
             */
            total?: number | null;
        };
        /** @description Rows of a list, and how to go on. */
        Page_CryptoView: {
            items: {
                address: string;
                /** @description The best that it ever spoke: it is not spoken to by worse. */
                best?: string | null;
                cipher?: string | null;
                /** @description The device at this address, when one is known. */
                device?: string | null;
                /** @description What somebody should do something about, in words. */
                findings: string[];
                fingerprint?: string | null;
                /** @description What it signed with. */
                host_key?: string | null;
                kex?: string | null;
                /** Format: int64 */
                key_age_days?: number | null;
                /** Format: int32 */
                key_bits?: number | null;
                key_origin?: components["schemas"]["KeyOrigin"] | null;
                key_since?: components["schemas"]["Timestamp"] | null;
                key_type?: string | null;
                /** @description Absent when the cipher needs none. */
                mac?: string | null;
                /** @description Other hosts with this very key. */
                same_key_as: string[];
                site?: string | null;
                /** @description `modern`, `legacy` or `telnet`, the last time; unknown when only a key was imported. */
                suite?: string | null;
            }[];
            /** @description Give it as `cursor` for the next page; none on the last. */
            next?: string | null;
            /**
             * Format: int64
             * @description Rows of all pages, where they are counted.
             */
            total?: number | null;
        };
        /** @description Rows of a list, and how to go on. */
        Page_DeviceCapture: {
            items: (components["schemas"]["CaptureView"] & {
                device: string;
            })[];
            /** @description Give it as `cursor` for the next page; none on the last. */
            next?: string | null;
            /**
             * Format: int64
             * @description Rows of all pages, where they are counted.
             */
            total?: number | null;
        };
        /** @description Rows of a list, and how to go on. */
        Page_DeviceRow: {
            items: (components["schemas"]["Device"] & {
                /** @description Whether anything lets us in. */
                credential: components["schemas"]["CredentialMark"];
            })[];
            /** @description Give it as `cursor` for the next page; none on the last. */
            next?: string | null;
            /**
             * Format: int64
             * @description Rows of all pages, where they are counted.
             */
            total?: number | null;
        };
        /** @description Rows of a list, and how to go on. */
        Page_FactKindView: {
            items: {
                columns: string[];
                /** @description `arp`, `mac`, `bgp_neighbors` … */
                name: string;
            }[];
            /** @description Give it as `cursor` for the next page; none on the last. */
            next?: string | null;
            /**
             * Format: int64
             * @description Rows of all pages, where they are counted.
             */
            total?: number | null;
        };
        /** @description Rows of a list, and how to go on. */
        Page_FactView: {
            items: (Record<string, never> & {
                device: string;
                evidence: components["schemas"]["Evidence"];
                first_seen: components["schemas"]["Timestamp"];
                gone_at?: components["schemas"]["Timestamp"] | null;
                last_seen: components["schemas"]["Timestamp"];
                /** @description The lines themselves, when they were asked for. */
                proof?: string | null;
            })[];
            /** @description Give it as `cursor` for the next page; none on the last. */
            next?: string | null;
            /**
             * Format: int64
             * @description Rows of all pages, where they are counted.
             */
            total?: number | null;
        };
        /** @description Rows of a list, and how to go on. */
        Page_HostKeyView: {
            items: {
                address: string;
                algorithm: string;
                fingerprint: string;
                first_seen: components["schemas"]["Timestamp"];
                last_seen: components["schemas"]["Timestamp"];
                /** @description What the host showed since in its place, the last one first; it is not let in. */
                offered: components["schemas"]["Offered"][];
                origin: components["schemas"]["KeyOrigin"];
                /** Format: int32 */
                port: number;
            }[];
            /** @description Give it as `cursor` for the next page; none on the last. */
            next?: string | null;
            /**
             * Format: int64
             * @description Rows of all pages, where they are counted.
             */
            total?: number | null;
        };
        /** @description Rows of a list, and how to go on. */
        Page_LinkView: {
            items: {
                /** @description Both ends claim it. */
                confirmed: boolean;
                local_device: string;
                local_port: string;
                /** @description Ports here and there by which it is made, where it is a port channel. */
                members: [
                    string | null,
                    string | null
                ][];
                protocols: string[];
                remote_device: string;
                remote_port: string;
                /**
                 * Format: double
                 * @description 0 to 1.
                 */
                score: number;
                /** @description Why the neighbour is no device of ours; then nothing is known of its side but what it says. */
                unknown?: string | null;
            }[];
            /** @description Give it as `cursor` for the next page; none on the last. */
            next?: string | null;
            /**
             * Format: int64
             * @description Rows of all pages, where they are counted.
             */
            total?: number | null;
        };
        /** @description Rows of a list, and how to go on. */
        Page_NoteView: {
            items: (components["schemas"]["Note"] & {
                /** @description What it said, newest first; only where one note is shown. */
                history?: components["schemas"]["NoteVersion"][];
                links: components["schemas"]["NoteLink"][];
            })[];
            /** @description Give it as `cursor` for the next page; none on the last. */
            next?: string | null;
            /**
             * Format: int64
             * @description Rows of all pages, where they are counted.
             */
            total?: number | null;
        };
        /** @description Rows of a list, and how to go on. */
        Page_OsVersionView: {
            items: {
                devices: string[];
                models: string[];
                os_version?: string | null;
                platform: string;
                vendor: string;
            }[];
            /** @description Give it as `cursor` for the next page; none on the last. */
            next?: string | null;
            /**
             * Format: int64
             * @description Rows of all pages, where they are counted.
             */
            total?: number | null;
        };
        /** @description Rows of a list, and how to go on. */
        Page_Record: {
            items: (Record<string, never> & {
                /**
                 * Format: int64
                 * @description Devices that it is said of; `None` for a device.
                 */
                devices?: number | null;
                /** Format: int64 */
                id: number;
                /** @description Tags of a device or a site. */
                tags?: string[] | null;
                /**
                 * Format: int64
                 * @description Goes up with each change by a person.
                 */
                version: number;
            })[];
            /** @description Give it as `cursor` for the next page; none on the last. */
            next?: string | null;
            /**
             * Format: int64
             * @description Rows of all pages, where they are counted.
             */
            total?: number | null;
        };
        /** @description Rows of a list, and how to go on. */
        Page_RouteView: {
            items: {
                device: string;
                /** Format: int64 */
                distance?: number | null;
                evidence: components["schemas"]["Evidence"];
                first_seen: components["schemas"]["Timestamp"];
                interface?: string | null;
                last_seen: components["schemas"]["Timestamp"];
                /** Format: int64 */
                metric?: number | null;
                next_hop?: string | null;
                prefix: string;
                protocol: string;
                vrf: string;
            }[];
            /** @description Give it as `cursor` for the next page; none on the last. */
            next?: string | null;
            /**
             * Format: int64
             * @description Rows of all pages, where they are counted.
             */
            total?: number | null;
        };
        /** @description Rows of a list, and how to go on. */
        Page_RunView: {
            items: {
                actor: string;
                /** @description The run of a batch that it is a part of. */
                batch?: string | null;
                ended_at?: components["schemas"]["Timestamp"] | null;
                /** Format: int64 */
                failed: number;
                id: components["schemas"]["RunId"];
                /** @description The slug of its job. */
                job?: string | null;
                kind: components["schemas"]["RunKind"];
                /** Format: int64 */
                remaining: number;
                /** Format: int64 */
                skipped: number;
                started_at: components["schemas"]["Timestamp"];
                state: components["schemas"]["RunState"];
                /** Format: int64 */
                succeeded: number;
                /**
                 * Format: int64
                 * @description Counts of devices.
                 */
                total: number;
            }[];
            /** @description Give it as `cursor` for the next page; none on the last. */
            next?: string | null;
            /**
             * Format: int64
             * @description Rows of all pages, where they are counted.
             */
            total?: number | null;
        };
        /** @description Rows of a list, and how to go on. */
        Page_SessionView: {
            items: {
                address: string;
                /** @description What the browser calls itself. */
                agent: string;
                created_at: components["schemas"]["Timestamp"];
                expires_at: components["schemas"]["Timestamp"];
                /** Format: int64 */
                id: number;
                /** @description The one that asks. */
                is_this: boolean;
                last_used_at: components["schemas"]["Timestamp"];
            }[];
            /** @description Give it as `cursor` for the next page; none on the last. */
            next?: string | null;
            /**
             * Format: int64
             * @description Rows of all pages, where they are counted.
             */
            total?: number | null;
        };
        /** @description Rows of a list, and how to go on. */
        Page_SeverityRuleView: {
            items: (components["schemas"]["SeverityRule"] & {
                /** @description What it fits, in a line. */
                fits: string;
                /** @description `config` or `velocity`. */
                from: string;
                number: number;
            })[];
            /** @description Give it as `cursor` for the next page; none on the last. */
            next?: string | null;
            /**
             * Format: int64
             * @description Rows of all pages, where they are counted.
             */
            total?: number | null;
        };
        /** @description Rows of a list, and how to go on. */
        Page_TokenView: {
            items: {
                created_at: components["schemas"]["Timestamp"];
                expires_at?: components["schemas"]["Timestamp"] | null;
                /** Format: int64 */
                id: number;
                last_used_at?: components["schemas"]["Timestamp"] | null;
                name: string;
                revoked_at?: components["schemas"]["Timestamp"] | null;
                /** @description The most that it lets do; never more than its owner may. */
                scope: components["schemas"]["Role"];
                /** @description Whose it is. */
                user: string;
            }[];
            /** @description Give it as `cursor` for the next page; none on the last. */
            next?: string | null;
            /**
             * Format: int64
             * @description Rows of all pages, where they are counted.
             */
            total?: number | null;
        };
        /** @description Rows of a list, and how to go on. */
        Page_UndoRecord: {
            items: {
                /** @description `device.bulk_edit` */
                action: string;
                actor: string;
                at: components["schemas"]["Timestamp"];
                /** Format: int64 */
                id: number;
                /** @description What it was done to, in words. */
                object: string;
                /**
                 * Format: int64
                 * @description Rows that it changed.
                 */
                rows: number;
                /**
                 * Format: int64
                 * @description The record that this one took back.
                 */
                undoes?: number | null;
                undone_at?: components["schemas"]["Timestamp"] | null;
                undone_by?: string | null;
            }[];
            /** @description Give it as `cursor` for the next page; none on the last. */
            next?: string | null;
            /**
             * Format: int64
             * @description Rows of all pages, where they are counted.
             */
            total?: number | null;
        };
        /** @description Rows of a list, and how to go on. */
        Page_UserView: {
            items: {
                created_at: components["schemas"]["Timestamp"];
                disabled_at?: components["schemas"]["Timestamp"] | null;
                /** Format: int64 */
                id: number;
                last_login_at?: components["schemas"]["Timestamp"] | null;
                /** @description The password is good for nothing but setting another. */
                must_change: boolean;
                name: string;
                role: components["schemas"]["Role"];
                /**
                 * Format: int64
                 * @description Goes up with each change.
                 */
                version: number;
            }[];
            /** @description Give it as `cursor` for the next page; none on the last. */
            next?: string | null;
            /**
             * Format: int64
             * @description Rows of all pages, where they are counted.
             */
            total?: number | null;
        };
        ParseFigure: {
            capture_type: string;
            /** Format: int64 */
            devices: number;
            /** @description `parsed`, `partly`, `not_parsed` */
            outcome: string;
            /**
             * Format: int64
             * @description Lines that no rule read.
             */
            unread_lines: number;
        };
        /** @description A device that a collection would ask. */
        PlannedCapture: {
            devices: components["schemas"]["PlannedDevice"][];
            types: string[];
        };
        PlannedDevice: {
            /** @description Ways in that worked, the last one first. */
            accesses: components["schemas"]["Access"][];
            accounts: string[];
            address: string;
            /** @description Credentials that worked when they were tried last, what is preferred first. */
            credentials?: string[];
            /** @description Those that did not. */
            failed?: string[];
            id: components["schemas"]["DeviceId"];
            name: string;
            platform: string;
            /** @description What can be asked of it. */
            types: string[];
            /** @description What none of its platforms has a command for. */
            unsupported: string[];
        };
        /** @description What every answer of 400 and above holds. */
        Problem: {
            /** @description What went wrong here, and what to do. */
            detail: string;
            /** Format: int32 */
            status: number;
            /** @description The same in words. */
            title: string;
            /** @description A name that stays: `urn:velocity:not-found`. */
            type: string;
        };
        /** @description Lines of a capture, secrets masked. */
        Proof: {
            text: string;
        };
        /** @description A record as a person sees it. */
        Record: Record<string, never> & {
            /**
             * Format: int64
             * @description Devices that it is said of; `None` for a device.
             */
            devices?: number | null;
            /** Format: int64 */
            id: number;
            /** @description Tags of a device or a site. */
            tags?: string[] | null;
            /**
             * Format: int64
             * @description Goes up with each change by a person.
             */
            version: number;
        };
        /** @description What a record is to become. */
        RecordEdit: {
            /** @default [] */
            add_tags?: string[];
            /**
             * @description Show what would be, write nothing.
             * @default false
             */
            dry_run?: boolean;
            /**
             * @description Make sites, roles and platforms that are not there.
             * @default false
             */
            make?: boolean;
            /**
             * @description Fields of devices that discovery may say again.
             * @default []
             */
            release?: string[];
            /** @default [] */
            remove_tags?: string[];
            /**
             * @description Fields by name; null empties one.
             * @default {}
             */
            set?: {
                [key: string]: string | null;
            };
        };
        /**
         * @description What somebody may do. An approver releases what others planned, and starts nothing.
         * @enum {string}
         */
        Role: "viewer" | "approver" | "operator" | "admin";
        /** @description A route by which a device would send. */
        RouteView: {
            device: string;
            /** Format: int64 */
            distance?: number | null;
            evidence: components["schemas"]["Evidence"];
            first_seen: components["schemas"]["Timestamp"];
            interface?: string | null;
            last_seen: components["schemas"]["Timestamp"];
            /** Format: int64 */
            metric?: number | null;
            next_hop?: string | null;
            prefix: string;
            protocol: string;
            vrf: string;
        };
        /** Format: int64 */
        RunId: number;
        /** @enum {string} */
        RunKind: "discovery" | "collection" | "credentials";
        /** @description A run that began. */
        RunStarted: {
            /** @description `/api/v1/executions/{id}`, and `/api/v1/events?run={id}`. */
            id: components["schemas"]["RunId"];
        };
        /** @enum {string} */
        RunState: "running" | "success" | "partial" | "failed" | "cancelled" | "interrupted";
        RunView: {
            actor: string;
            /** @description The run of a batch that it is a part of. */
            batch?: string | null;
            ended_at?: components["schemas"]["Timestamp"] | null;
            /** Format: int64 */
            failed: number;
            id: components["schemas"]["RunId"];
            /** @description The slug of its job. */
            job?: string | null;
            kind: components["schemas"]["RunKind"];
            /** Format: int64 */
            remaining: number;
            /** Format: int64 */
            skipped: number;
            started_at: components["schemas"]["Timestamp"];
            state: components["schemas"]["RunState"];
            /** Format: int64 */
            succeeded: number;
            /**
             * Format: int64
             * @description Counts of devices.
             */
            total: number;
        };
        /** @description Who says what a field is. */
        Said: {
            actor: string;
            at: components["schemas"]["Timestamp"];
            field: string;
        };
        /** @description What is told, by device, type and line. */
        SearchFound: components["schemas"]["SearchHit"] | (components["schemas"]["SearchPlace"] & {
            /** Format: int64 */
            count?: number | null;
        });
        /** @description A line that matches. */
        SearchHit: components["schemas"]["SearchPlace"] & components["schemas"]["SearchLine"];
        SearchLine: {
            after: string[];
            before: string[];
            /**
             * Format: int64
             * @description From 1.
             */
            line: number;
            /** @description Bytes of the text that match. */
            matches: Record<string, never>[];
            /** @description Cut when it is very long. */
            text: string;
        };
        /** @description The capture in which something was found. */
        SearchPlace: {
            capture: components["schemas"]["CaptureId"];
            capture_type: string;
            device: string;
            first_seen: components["schemas"]["Timestamp"];
            last_seen: components["schemas"]["Timestamp"];
        };
        SearchSummary: {
            /** Format: int64 */
            bytes_searched: number;
            captures_searched: number;
            /** @description Of those the ones whose content is damaged or gone. */
            captures_unreadable: number;
            /** @description The limit was reached: there may be more. */
            limit_reached: boolean;
        };
        /** Format: password */
        Secret: string;
        /** @description A browser that is logged in. */
        SessionView: {
            address: string;
            /** @description What the browser calls itself. */
            agent: string;
            created_at: components["schemas"]["Timestamp"];
            expires_at: components["schemas"]["Timestamp"];
            /** Format: int64 */
            id: number;
            /** @description The one that asks. */
            is_this: boolean;
            last_used_at: components["schemas"]["Timestamp"];
        };
        SetPassword: {
            new: components["schemas"]["Secret"];
            old: components["schemas"]["Secret"];
        };
        /** @enum {string} */
        Severity: "minor" | "moderate" | "critical";
        /** @description A rule as it stands in `config.yaml`. What is not given fits all; patterns are regular expressions. */
        SeverityRule: {
            /** @default null */
            action?: components["schemas"]["Action"] | null;
            /**
             * @description A pattern over the name of the device.
             * @default null
             */
            device?: string | null;
            /**
             * @description In place of a severity: noise, which is told by nobody. For facts.
             * @default false
             */
            ignore?: boolean;
            /**
             * @description A pattern over a line that is new or gone, or over what a fact says; secrets are masked there.
             * @default null
             */
            lines?: string | null;
            /**
             * Format: int32
             * @description More lines, components or things than this changed.
             * @default null
             */
            more_than?: number | null;
            /** @default null */
            platform?: string | null;
            /** @default null */
            role?: string | null;
            /**
             * @description A pattern over the line of a section in which something changed: `^interface `.
             * @default null
             */
            section?: string | null;
            /** @default null */
            severity?: components["schemas"]["Severity"] | null;
            /** @default null */
            site?: string | null;
            /** @default null */
            type?: components["schemas"]["ChangeKind"] | null;
        };
        /** @description A rule of severity, in the order in which they are asked. */
        SeverityRuleView: components["schemas"]["SeverityRule"] & {
            /** @description What it fits, in a line. */
            fits: string;
            /** @description `config` or `velocity`. */
            from: string;
            number: number;
        };
        StartCapture: {
            as_whom?: components["schemas"]["AsWhomAsked"];
            /** @description So many devices at most. */
            limit?: number | null;
            pace?: components["schemas"]["Pace"];
            /** @description As `select` of `/api/v1/devices`; all when it is not given. */
            select?: string | null;
            /** @description Capture types; the usual ones when it is empty. */
            types?: string[];
        };
        StartDiscovery: {
            as_whom?: components["schemas"]["AsWhomAsked"];
            /**
             * Format: int32
             * @description How many hops to go; no limit when it is not given.
             */
            depth?: number | null;
            exclude?: string[];
            /** @description Enter only what matches: a range or a name pattern. */
            only?: string[];
            pace?: components["schemas"]["Pace"];
            /** @description Addresses to begin with: `10.0.0.1`, `10.0.0.1:2222`. */
            seeds: string[];
            via?: components["schemas"]["Via"] | null;
        };
        TextDifference: {
            hunks: components["schemas"]["DiffHunk"][];
            /** Format: int32 */
            lines_added: number;
            /** Format: int32 */
            lines_removed: number;
        };
        /** @description How two texts were compared. */
        TextExplanation: {
            after: components["schemas"]["CaptureView"];
            before: components["schemas"]["CaptureView"];
            /** @description Lines of the two captures that were compared. */
            compared: number[];
            /** @description What was left out, by the filter of the platform file. */
            filters: components["schemas"]["FilterView"][];
        };
        ThingView: {
            /** @description What is different, column by column. */
            cells: components["schemas"]["CellView"][];
            /** @description Where a capture is no longer kept, why its side is not shown. */
            missing?: string[];
            subject: string;
        };
        /**
         * Format: date-time
         * @description ISO 8601 in UTC
         */
        Timestamp: string;
        /** @description A token without what its holder has. */
        TokenView: {
            created_at: components["schemas"]["Timestamp"];
            expires_at?: components["schemas"]["Timestamp"] | null;
            /** Format: int64 */
            id: number;
            last_used_at?: components["schemas"]["Timestamp"] | null;
            name: string;
            revoked_at?: components["schemas"]["Timestamp"] | null;
            /** @description The most that it lets do; never more than its owner may. */
            scope: components["schemas"]["Role"];
            /** @description Whose it is. */
            user: string;
        };
        /** @description A token, and what its holder sends as `Authorization: Bearer`: it is told this once. */
        TokenWithSecret: {
            secret?: string | null;
            token: components["schemas"]["TokenView"];
        };
        TypeCoverage: {
            capture_type: string;
            /** Format: int64 */
            covered: number;
            /**
             * Format: int64
             * @description Devices that can be asked for it, and those that have it.
             */
            expected: number;
            newest?: components["schemas"]["Timestamp"] | null;
            oldest?: components["schemas"]["Timestamp"] | null;
            /**
             * Format: double
             * @description Of 100; none where no device can be asked.
             */
            percent?: number | null;
            /** Format: int64 */
            rows: number;
            /**
             * Format: int64
             * @description Bytes of the last answers.
             */
            size: number;
            states: {
                [key: string]: number;
            };
            title: string;
        };
        /** @description What was taken back, and what takes that back. */
        Undone: {
            record: components["schemas"]["UndoRecord"];
            /** Format: int64 */
            undo?: number | null;
        };
        /** @description Something that was done and can be undone. */
        UndoRecord: {
            /** @description `device.bulk_edit` */
            action: string;
            actor: string;
            at: components["schemas"]["Timestamp"];
            /** Format: int64 */
            id: number;
            /** @description What it was done to, in words. */
            object: string;
            /**
             * Format: int64
             * @description Rows that it changed.
             */
            rows: number;
            /**
             * Format: int64
             * @description The record that this one took back.
             */
            undoes?: number | null;
            undone_at?: components["schemas"]["Timestamp"] | null;
            undone_by?: string | null;
        };
        /** @description A record of what was done, row by row. */
        UndoView: components["schemas"]["UndoRecord"] & {
            ops: Record<string, never>[];
        };
        Unlock: {
            password: components["schemas"]["Secret"];
            /**
             * Format: int32
             * @description It is locked again after so long; not before it is told to, when it is not given.
             */
            seconds?: number | null;
        };
        /** @description A user without the password. */
        UserView: {
            created_at: components["schemas"]["Timestamp"];
            disabled_at?: components["schemas"]["Timestamp"] | null;
            /** Format: int64 */
            id: number;
            last_login_at?: components["schemas"]["Timestamp"] | null;
            /** @description The password is good for nothing but setting another. */
            must_change: boolean;
            name: string;
            role: components["schemas"]["Role"];
            /**
             * Format: int64
             * @description Goes up with each change.
             */
            version: number;
        };
        /** @description A user, and the password that was made up: it is told this once. */
        UserWithPassword: {
            password?: string | null;
            user: components["schemas"]["UserView"];
        };
        VaultState: {
            changed_at?: components["schemas"]["Timestamp"] | null;
            /** @description What one guess at its password costs. */
            cost?: string | null;
            created_at?: components["schemas"]["Timestamp"] | null;
            credentials: number;
            exists: boolean;
            /** @description The keyring of the system holds its key, so no password is asked for. */
            unlocked: boolean;
        };
        /**
         * @description How devices are asked.
         * @enum {string}
         */
        Via: "ssh" | "snmp" | "both";
        /** @description Where one network card is. */
        Whereabouts: {
            addresses: string[];
            mac: components["schemas"]["Mac"];
            port?: components["schemas"]["WhereaboutsPort"] | null;
            /** @description How the answer was found; each step has its proof. */
            steps: components["schemas"]["WhereaboutsStep"][];
            /** @description Who made the network card. */
            vendor?: string | null;
            /** @description How sure it is, in words. */
            verdict: string;
        };
        WhereaboutsPort: {
            device: string;
            interface: string;
            vlan?: string | null;
        };
        WhereaboutsStep: {
            device: string;
            evidence: components["schemas"]["Evidence"];
            last_seen: components["schemas"]["Timestamp"];
            what: string;
        };
        /** @description What a verb did. */
        Written: {
            dry_run: boolean;
            /** @description Sites, roles and the like that were made because something named them. */
            made: string[];
            records: components["schemas"]["Edited"][];
            /**
             * Format: int64
             * @description `velocity undo run ID` takes it back.
             */
            undo?: number | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    get_api_health: {
        parameters: {
            query?: never;
            header?: never;
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
                    "application/json": components["schemas"]["Health"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    get_audit: {
        parameters: {
            query?: {
                /** @description `device.edit`, `login`, `user.add` … */
                action?: string;
                /** @description Who did it. */
                by?: string;
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description Rows, 1 to 1000; 100 when it is not given. */
                limit?: number;
                /** @description At or after. */
                since?: components["schemas"]["Timestamp"];
            };
            header?: never;
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
                    "application/json": components["schemas"]["Page_AuditView"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_captures: {
        parameters: {
            query: {
                /** @description The one that was valid then, instead of the latest. */
                at?: components["schemas"]["Timestamp"];
                /** @description `configs`, `arp`, `version` … */
                type: string;
            };
            header?: never;
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
                    "application/json": components["schemas"]["Page_DeviceCapture"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_captures_by_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
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
                    "application/json": components["schemas"]["CaptureText"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_captures_by_id_lines: {
        parameters: {
            query: {
                first_line: number;
                last_line: number;
            };
            header?: never;
            path: {
                id: number;
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
                    "application/json": components["schemas"]["Proof"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_change_rules: {
        parameters: {
            query?: never;
            header?: never;
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
                    "application/json": components["schemas"]["Page_SeverityRuleView"];
                };
            };
        };
    };
    get_changes: {
        parameters: {
            query?: {
                /** @description Who made it, in the words of the device. */
                by?: string;
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description Each by itself; else what came of a change is told with that one. */
                each?: boolean;
                /** @description Rows, 1 to 1000; 100 when it is not given. */
                limit?: number;
                /** @description Devices, as `select` of `/api/v1/devices`. */
                select?: string;
                /** @description At least so severe. */
                severity?: components["schemas"]["Severity"];
                /** @description Detected at or after. */
                since?: components["schemas"]["Timestamp"];
                /** @description `config`, `version`, `inventory`, or a kind of fact such as `routes`. */
                type?: components["schemas"]["ChangeKind"];
                /** @description Detected before. */
                until?: components["schemas"]["Timestamp"];
            };
            header?: never;
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
                    "application/json": components["schemas"]["Page_ChangeView"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_changes_by_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
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
                    "application/json": components["schemas"]["ChangeView"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_changes_by_id_explain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
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
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_collections: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key again starts nothing, for a day */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartCapture"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunStarted"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_collections_plan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartCapture"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlannedCapture"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_credentials: {
        parameters: {
            query?: never;
            header?: never;
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
                    "application/json": components["schemas"]["Page_CredentialView"];
                };
            };
        };
    };
    get_dashboard: {
        parameters: {
            query?: never;
            header?: never;
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
                    "application/json": components["schemas"]["Figures"];
                };
            };
        };
    };
    get_device_types: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description Rows, 1 to 1000; 100 when it is not given. */
                limit?: number;
                /** @description `*` and `?` stand for what they do in file names; of name or slug. */
                name?: string;
                status?: string;
                /** @description Of sites only. */
                tag?: string;
            };
            header?: never;
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
                    "application/json": components["schemas"]["Page_Record"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_device_types: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordEdit"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_device_types_by_reference: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reference: string;
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
                    "application/json": components["schemas"]["Record"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_device_types_by_reference: {
        parameters: {
            query?: {
                /** @description Show what would be, write nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                reference: string;
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
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_device_types_by_reference: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of what was seen */
                "If-Match"?: string | null;
            };
            path: {
                reference: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordEdit"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_devices: {
        parameters: {
            query?: {
                /** @description How it was then, as far as facts tell. */
                at?: components["schemas"]["Timestamp"];
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description Rows, 1 to 1000; 100 when it is not given. */
                limit?: number;
                /** @description A part of the name, an address, a serial number, the model or the version. */
                search?: string;
                /**
                 * @description `all`; conditions such as `site=usa,role=leaf` with `*` and `?` in a value (site, location, vendor, role, platform,
                 *     name, status, model, version, address, serial, tag, credential), a condition without a value for what is not
                 *     known; or names with commas.
                 */
                select?: string;
                /**
                 * @description name, site, role, platform, vendor, model, os_version, status, first_seen, last_seen or last_captured; with `-`
                 *     before it the other way round.
                 */
                sort?: string;
            };
            header?: never;
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
                    "application/json": components["schemas"]["Page_DeviceRow"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_devices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordEdit"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_devices_by_reference: {
        parameters: {
            query?: {
                /** @description As it was then: `2026-11-20T02:13:00Z`. */
                at?: components["schemas"]["Timestamp"];
            };
            header?: never;
            path: {
                /** @description Slug, name, address, serial number or id */
                reference: string;
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
                    "application/json": components["schemas"]["DeviceView"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_devices_by_reference: {
        parameters: {
            query?: {
                /** @description Show what would be, write nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                reference: string;
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
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_devices_by_reference: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of what was seen */
                "If-Match"?: string | null;
            };
            path: {
                reference: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordEdit"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_devices_by_reference_captures: {
        parameters: {
            query?: {
                /** @description Of each type the one that was valid then, instead of all versions. */
                at?: components["schemas"]["Timestamp"];
                /** @description One type alone. */
                type?: string;
            };
            header?: never;
            path: {
                reference: string;
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
                    "application/json": components["schemas"]["Page_CaptureView"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_devices_by_reference_captures_by_capture_type: {
        parameters: {
            query?: {
                /** @description As it was then: `2026-11-20T02:13:00Z`. */
                at?: components["schemas"]["Timestamp"];
            };
            header?: never;
            path: {
                capture_type: string;
                reference: string;
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
                    "application/json": components["schemas"]["CaptureText"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_devices_by_reference_diff: {
        parameters: {
            query?: {
                /** @description Lines that are the same, around those that are not; 3 when it is not given, all with 1000000. */
                context?: number;
                /** @description A number of a version, or a time; the version before that differs in more than noise, when it is not given. */
                from?: string;
                /** @description The same; the latest when it is not given. */
                to?: string;
                /** @description `configs` when it is not given. */
                type?: string;
                /** @description `to` is a capture of this device. */
                with?: string;
            };
            header?: never;
            path: {
                reference: string;
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
                    "application/json": components["schemas"]["CaptureDiff"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_devices_bulk_delete: {
        parameters: {
            query?: never;
            header?: never;
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
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_devices_bulk_edit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkEdit"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_discoveries: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key again starts nothing, for a day */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartDiscovery"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunStarted"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_events: {
        parameters: {
            query?: {
                /** @description The events of one run alone. */
                run?: number;
            };
            header?: {
                /** @description `id` of the last event that was seen */
                "Last-Event-ID"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a stream of events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_executions: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description Rows, 1 to 1000; 100 when it is not given. */
                limit?: number;
            };
            header?: never;
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
                    "application/json": components["schemas"]["Page_RunView"];
                };
            };
        };
    };
    get_executions_by_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
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
                    "application/json": components["schemas"]["Execution"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_executions_by_id_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunStarted"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_executions_by_id_resume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GoOn"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunStarted"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_executions_by_id_retry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GoOn"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunStarted"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_facts: {
        parameters: {
            query?: never;
            header?: never;
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
                    "application/json": components["schemas"]["Page_FactKindView"];
                };
            };
        };
    };
    get_facts_by_kind: {
        parameters: {
            query?: {
                /** @description As it was then. */
                at?: components["schemas"]["Timestamp"];
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description One device alone. */
                device?: string;
                /** @description With the lines that prove each. */
                evidence?: boolean;
                /** @description What is gone as well. */
                history?: boolean;
                /** @description Rows, 1 to 1000; 100 when it is not given. */
                limit?: number;
                /** @description A MAC or a part of one, an IP address or whole octets of one, or a text. */
                search?: string;
                /** @description Only of this VRF; `default` is the one without a name. */
                vrf?: string;
            };
            header?: never;
            path: {
                kind: string;
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
                    "application/json": components["schemas"]["Page_FactView"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_facts_by_kind_export: {
        parameters: {
            query?: {
                at?: components["schemas"]["Timestamp"];
                device?: string;
                /** @description `csv`, `json` or `ndjson`. */
                format?: "csv" | "json" | "ndjson";
                history?: boolean;
                search?: string;
                vrf?: string;
            };
            header?: never;
            path: {
                kind: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_find: {
        parameters: {
            query: {
                /** @description As it was then. */
                at?: components["schemas"]["Timestamp"];
                /** @description What is gone as well. */
                history?: boolean;
                /** @description Of each kind at most; 50 when it is not given. */
                limit?: number;
                /** @description An address or a part of one, a prefix, a MAC or a part of one, a name, a serial number, `vlan 101`, a description. */
                q: string;
            };
            header?: never;
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
                    "application/json": components["schemas"]["FindReport"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_history: {
        parameters: {
            query: {
                /** @description Intervals of each kind at most; 200 when it is not given. */
                limit?: number;
                /** @description A MAC address, an IP address, a prefix, or a port as `leaf-1:Gi1/0/1`. */
                of: string;
                since?: components["schemas"]["Timestamp"];
                until?: components["schemas"]["Timestamp"];
            };
            header?: never;
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
                    "application/json": components["schemas"]["History"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_host_keys: {
        parameters: {
            query?: never;
            header?: never;
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
                    "application/json": components["schemas"]["Page_HostKeyView"];
                };
            };
        };
    };
    get_locations: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description Rows, 1 to 1000; 100 when it is not given. */
                limit?: number;
                /** @description `*` and `?` stand for what they do in file names; of name or slug. */
                name?: string;
                status?: string;
                /** @description Of sites only. */
                tag?: string;
            };
            header?: never;
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
                    "application/json": components["schemas"]["Page_Record"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_locations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordEdit"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_locations_by_reference: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reference: string;
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
                    "application/json": components["schemas"]["Record"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_locations_by_reference: {
        parameters: {
            query?: {
                /** @description Show what would be, write nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                reference: string;
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
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_locations_by_reference: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of what was seen */
                "If-Match"?: string | null;
            };
            path: {
                reference: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordEdit"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_manufacturers: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description Rows, 1 to 1000; 100 when it is not given. */
                limit?: number;
                /** @description `*` and `?` stand for what they do in file names; of name or slug. */
                name?: string;
                status?: string;
                /** @description Of sites only. */
                tag?: string;
            };
            header?: never;
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
                    "application/json": components["schemas"]["Page_Record"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_manufacturers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordEdit"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_manufacturers_by_reference: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reference: string;
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
                    "application/json": components["schemas"]["Record"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_manufacturers_by_reference: {
        parameters: {
            query?: {
                /** @description Show what would be, write nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                reference: string;
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
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_manufacturers_by_reference: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of what was seen */
                "If-Match"?: string | null;
            };
            path: {
                reference: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordEdit"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_notes: {
        parameters: {
            query?: {
                /** @description On this device. */
                device?: string;
                /** @description With this in title or body. */
                search?: string;
                /** @description On this site. */
                site?: string;
            };
            header?: never;
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
                    "application/json": components["schemas"]["Page_NoteView"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_notes: {
        parameters: {
            query?: {
                /** @description Show what would be, write nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewNote"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoteWritten"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_notes_by_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
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
                    "application/json": components["schemas"]["NoteView"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_notes_by_id: {
        parameters: {
            query?: {
                /** @description Show what would be, write nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                id: number;
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
                    "application/json": components["schemas"]["NoteWritten"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_notes_by_id: {
        parameters: {
            query?: {
                /** @description Show what would be, write nothing. */
                dry_run?: boolean;
            };
            header?: {
                /** @description `ETag` of what was seen */
                "If-Match"?: string | null;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteEdit"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoteWritten"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_platforms: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description Rows, 1 to 1000; 100 when it is not given. */
                limit?: number;
                /** @description `*` and `?` stand for what they do in file names; of name or slug. */
                name?: string;
                status?: string;
                /** @description Of sites only. */
                tag?: string;
            };
            header?: never;
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
                    "application/json": components["schemas"]["Page_Record"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_platforms: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordEdit"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_platforms_by_reference: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reference: string;
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
                    "application/json": components["schemas"]["Record"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_platforms_by_reference: {
        parameters: {
            query?: {
                /** @description Show what would be, write nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                reference: string;
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
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_platforms_by_reference: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of what was seen */
                "If-Match"?: string | null;
            };
            path: {
                reference: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordEdit"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_prometheus_targets: {
        parameters: {
            query?: {
                /** @description As `select` of `/api/v1/devices`; all when it is not given. */
                select?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description targets */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown[];
                };
            };
        };
    };
    get_reports_coverage: {
        parameters: {
            query?: {
                /** @description As `select` of `/api/v1/devices`; all when it is not given. */
                select?: string;
                /** @description Capture types with commas, or `all`; those that were ever collected when it is not given. */
                types?: string;
            };
            header?: never;
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
                    "application/json": components["schemas"]["CoverageReport"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_reports_credentials: {
        parameters: {
            query?: never;
            header?: never;
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
                    "application/json": components["schemas"]["CredsStatus"];
                };
            };
        };
    };
    get_reports_crypto: {
        parameters: {
            query?: never;
            header?: never;
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
                    "application/json": components["schemas"]["Page_CryptoView"];
                };
            };
        };
    };
    get_reports_os_versions: {
        parameters: {
            query?: {
                /** @description As `select` of `/api/v1/devices`; all when it is not given. */
                select?: string;
            };
            header?: never;
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
                    "application/json": components["schemas"]["Page_OsVersionView"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_roles: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description Rows, 1 to 1000; 100 when it is not given. */
                limit?: number;
                /** @description `*` and `?` stand for what they do in file names; of name or slug. */
                name?: string;
                status?: string;
                /** @description Of sites only. */
                tag?: string;
            };
            header?: never;
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
                    "application/json": components["schemas"]["Page_Record"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_roles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordEdit"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_roles_by_reference: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reference: string;
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
                    "application/json": components["schemas"]["Record"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_roles_by_reference: {
        parameters: {
            query?: {
                /** @description Show what would be, write nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                reference: string;
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
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_roles_by_reference: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of what was seen */
                "If-Match"?: string | null;
            };
            path: {
                reference: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordEdit"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_route_lookup: {
        parameters: {
            query: {
                at?: components["schemas"]["Timestamp"];
                /** @description One device alone. */
                device?: string;
                /** @description 200 when it is not given. */
                limit?: number;
                /** @description Where a packet is to go. */
                to: string;
                /** @description One VRF alone. */
                vrf?: string;
            };
            header?: never;
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
                    "application/json": components["schemas"]["Page_RouteView"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_search: {
        parameters: {
            query: {
                /** @description What was valid then, instead of the latest. */
                at?: components["schemas"]["Timestamp"];
                /** @description Lines around a match, 50 at most; 2 when it is not given. */
                context?: number;
                /** @description Take it as plain text. */
                fixed?: boolean;
                /** @description All versions, the incomplete ones too. */
                history?: boolean;
                /** @description Whatever the case. */
                ignore_case?: boolean;
                /** @description Matching lines, 2000 at most; 200 when it is not given. */
                limit?: number;
                /** @description A regular expression; it matches within a line. */
                q: string;
                /** @description As `select` of `/api/v1/devices`; all when it is not given. */
                select?: string;
                /** @description Capture types with commas; all when it is not given. */
                types?: string;
            };
            header?: never;
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
                    "application/json": components["schemas"]["Found"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_session: {
        parameters: {
            query?: never;
            header?: never;
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
                    "application/json": components["schemas"]["Me"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LogIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_session_all: {
        parameters: {
            query?: never;
            header?: never;
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
                    "application/json": components["schemas"]["Page_SessionView"];
                };
            };
        };
    };
    put_session_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetPassword"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_sites: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description Rows, 1 to 1000; 100 when it is not given. */
                limit?: number;
                /** @description `*` and `?` stand for what they do in file names; of name or slug. */
                name?: string;
                status?: string;
                /** @description Of sites only. */
                tag?: string;
            };
            header?: never;
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
                    "application/json": components["schemas"]["Page_Record"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_sites: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordEdit"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_sites_by_reference: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reference: string;
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
                    "application/json": components["schemas"]["Record"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_sites_by_reference: {
        parameters: {
            query?: {
                /** @description Show what would be, write nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                reference: string;
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
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_sites_by_reference: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of what was seen */
                "If-Match"?: string | null;
            };
            path: {
                reference: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordEdit"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_tags: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description Rows, 1 to 1000; 100 when it is not given. */
                limit?: number;
                /** @description `*` and `?` stand for what they do in file names; of name or slug. */
                name?: string;
                status?: string;
                /** @description Of sites only. */
                tag?: string;
            };
            header?: never;
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
                    "application/json": components["schemas"]["Page_Record"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_tags: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordEdit"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_tags_by_reference: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reference: string;
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
                    "application/json": components["schemas"]["Record"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_tags_by_reference: {
        parameters: {
            query?: {
                /** @description Show what would be, write nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                reference: string;
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
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_tags_by_reference: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` of what was seen */
                "If-Match"?: string | null;
            };
            path: {
                reference: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordEdit"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_tokens: {
        parameters: {
            query?: never;
            header?: never;
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
                    "application/json": components["schemas"]["Page_TokenView"];
                };
            };
        };
    };
    post_tokens: {
        parameters: {
            query?: {
                /** @description Show what would be, write nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddToken"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenWithSecret"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_tokens_by_id: {
        parameters: {
            query?: {
                /** @description Show what would be, write nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                id: number;
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
                    "application/json": components["schemas"]["TokenView"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_topology: {
        parameters: {
            query?: {
                /** @description As it was then. */
                at?: components["schemas"]["Timestamp"];
                /** @description What stands together: `site`, `role` or `none`. */
                group?: "site" | "role" | "none";
                /** @description Each member of a port channel is a link of its own. */
                members?: boolean;
            };
            header?: never;
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
                    "application/json": components["schemas"]["Map"];
                };
            };
        };
    };
    get_topology_diff: {
        parameters: {
            query: {
                from: components["schemas"]["Timestamp"];
                /** @description Now when it is not given. */
                to?: components["schemas"]["Timestamp"];
            };
            header?: never;
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
                    "application/json": components["schemas"]["MapDifference"];
                };
            };
        };
    };
    get_topology_export: {
        parameters: {
            query: {
                /** @description As it was then. */
                at?: components["schemas"]["Timestamp"];
                /** @description `graphml`, `drawio`, `mermaid`, `json`, `dot`, `csv`, `svg` or `cytoscape`. */
                format: "graphml" | "drawio" | "mermaid" | "json" | "dot" | "csv" | "svg" | "cytoscape";
                /** @description What stands together: `site`, `role` or `none`. */
                group?: "site" | "role" | "none";
                /** @description Each member of a port channel is a link of its own. */
                members?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
        };
    };
    get_topology_links: {
        parameters: {
            query?: {
                /** @description As it was then. */
                at?: components["schemas"]["Timestamp"];
                /** @description What stands together: `site`, `role` or `none`. */
                group?: "site" | "role" | "none";
                /** @description Each member of a port channel is a link of its own. */
                members?: boolean;
            };
            header?: never;
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
                    "application/json": components["schemas"]["Page_LinkView"];
                };
            };
        };
    };
    get_undo: {
        parameters: {
            query?: {
                /** @description Rows, 1 to 1000; 100 when it is not given. */
                limit?: number;
            };
            header?: never;
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
                    "application/json": components["schemas"]["Page_UndoRecord"];
                };
            };
        };
    };
    get_undo_by_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
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
                    "application/json": components["schemas"]["UndoView"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_undo_by_id: {
        parameters: {
            query?: {
                /** @description Show what would be, write nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                id: number;
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
                    "application/json": components["schemas"]["Undone"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_users: {
        parameters: {
            query?: never;
            header?: never;
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
                    "application/json": components["schemas"]["Page_UserView"];
                };
            };
        };
    };
    post_users: {
        parameters: {
            query?: {
                /** @description Show what would be, write nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUser"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserWithPassword"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_users_by_name: {
        parameters: {
            query?: never;
            header?: never;
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
                    "application/json": components["schemas"]["UserView"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_users_by_name: {
        parameters: {
            query?: {
                /** @description Show what would be, write nothing. */
                dry_run?: boolean;
            };
            header?: {
                /** @description `ETag` of what was seen */
                "If-Match"?: string | null;
            };
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditUser"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_users_by_name_reset_password: {
        parameters: {
            query?: {
                /** @description Show what would be, write nothing. */
                dry_run?: boolean;
            };
            header?: never;
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
                    "application/json": components["schemas"]["UserWithPassword"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_vault: {
        parameters: {
            query?: never;
            header?: never;
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
                    "application/json": components["schemas"]["VaultState"];
                };
            };
        };
    };
    post_vault_lock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_vault_unlock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Unlock"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description text format */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
}
