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
    "/api/v1/about": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The version, the system, and how much there is */
        get: operations["get_about"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/clear": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Forget the refusals of an account, once its password is right or it is unlocked */
        post: operations["post_accounts_clear"];
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
    "/api/v1/batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Batches */
        get: operations["get_batches"];
        put?: never;
        /** Write a new batch */
        post: operations["post_batches"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/batches/{batch}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A batch by slug or name */
        get: operations["get_batches_by_batch"];
        /** Write a batch anew: its jobs in another order, other jobs, another name */
        put: operations["put_batches_by_batch"];
        post?: never;
        /** Delete a batch; its jobs and executions stay */
        delete: operations["delete_batches_by_batch"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/batches/{batch}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run the jobs of a batch in their order. With `Idempotency-Key`, once */
        post: operations["post_batches_by_batch_run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Records by name */
        get: operations["get_cables"];
        put?: never;
        /** Add a record; `dry_run` shows what would be */
        post: operations["post_cables"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cables/{reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A record by slug, name or id; `ETag` is its version */
        get: operations["get_cables_by_reference"];
        put?: never;
        post?: never;
        /** Delete a record, and what hangs on it; `dry_run` says what that is */
        delete: operations["delete_cables_by_reference"];
        options?: never;
        head?: never;
        /** Change a record; with `If-Match` only the version that was seen */
        patch: operations["patch_cables_by_reference"];
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
        /** Credentials, without their secrets, in the order in which they are tried */
        get: operations["get_credentials"];
        put?: never;
        /** Put a credential into the vault, which is unlocked */
        post: operations["post_credentials"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/credentials/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A credential without its secret */
        get: operations["get_credentials_by_name"];
        /** Put another secret in the place of the one that has this name; the name stays */
        put: operations["put_credentials_by_name"];
        post?: never;
        /** Remove a credential; what is known of devices that took it is forgotten. One that is pinned to devices is a conflict */
        delete: operations["delete_credentials_by_name"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/credentials/{name}/default": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make it the log-in that is tried first where nothing is known */
        post: operations["post_credentials_by_name_default"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/credentials/discover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Find out which credential each device takes, with as few log-ins as can be. With `Idempotency-Key`, once */
        post: operations["post_credentials_discover"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/credentials/discover/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Which devices would be tried, and what it may cost the accounts */
        post: operations["post_credentials_discover_plan"];
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
         * A device and what is kept of it
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
    "/api/v1/devices/{reference}/captures/{capture_type}/blame": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Since when each line of a capture has been as it is; secrets masked */
        get: operations["get_devices_by_reference_captures_by_capture_type_blame"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{reference}/credential-test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try credentials on one device, the likeliest first, and wait for what comes of it */
        post: operations["post_devices_by_reference_credential_test"];
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
    "/api/v1/devices/{reference}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The links of a device, seen from it */
        get: operations["get_devices_by_reference_links"];
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
    "/api/v1/devices/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Devices as a file, with the columns that the import reads */
        get: operations["get_devices_export"];
        put?: never;
        post?: never;
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
         * @description Server-sent events: `collection_started`, `stage_progress`, `device_started`, `device_completed`, `collection_progress`,
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
    "/api/v1/executions/{id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an execution brought as one file: `<type>/<device>.txt`, secrets masked, and result.json */
        get: operations["get_executions_by_id_archive"];
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
        /**
         * Cancel an execution: devices under way are dropped, what was saved stays
         * @description One of this server ends at once, one of another process within seconds.
         */
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
    "/api/v1/executions/prune": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let go of old executions and old versions of captures; the last good capture of each device and type stays */
        post: operations["post_executions_prune"];
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
    "/api/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the installation is well: each thing that can be amiss, and what to do about it */
        get: operations["get_health"];
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
    "/api/v1/interfaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Records by name */
        get: operations["get_interfaces"];
        put?: never;
        /** Add a record; `dry_run` shows what would be */
        post: operations["post_interfaces"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/interfaces/{reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A record by slug, name or id; `ETag` is its version */
        get: operations["get_interfaces_by_reference"];
        put?: never;
        post?: never;
        /** Delete a record, and what hangs on it; `dry_run` says what that is */
        delete: operations["delete_interfaces_by_reference"];
        options?: never;
        head?: never;
        /** Change a record; with `If-Match` only the version that was seen */
        patch: operations["patch_interfaces_by_reference"];
        trace?: never;
    };
    "/api/v1/inventories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tools that the inventory can be written for */
        get: operations["get_inventories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inventories/{tool}/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A file of the inventory for a tool; no secret is in it */
        get: operations["get_inventories_by_tool_by_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ip-addresses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Records by name */
        get: operations["get_ip_addresses"];
        put?: never;
        /** Add a record; `dry_run` shows what would be */
        post: operations["post_ip_addresses"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ip-addresses/{reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A record by slug, name or id; `ETag` is its version */
        get: operations["get_ip_addresses_by_reference"];
        put?: never;
        post?: never;
        /** Delete a record, and what hangs on it; `dry_run` says what that is */
        delete: operations["delete_ip_addresses_by_reference"];
        options?: never;
        head?: never;
        /** Change a record; with `If-Match` only the version that was seen */
        patch: operations["patch_ip_addresses_by_reference"];
        trace?: never;
    };
    "/api/v1/job-runs/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Jobs that are run together: which has begun, its executions, and the report when it is over */
        get: operations["get_job_runs_by_name"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/job-runs/{name}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel jobs that are run together: those that have not begun do not begin */
        post: operations["post_job_runs_by_name_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Jobs, with how many devices each asks */
        get: operations["get_jobs"];
        put?: never;
        /** Keep a new job */
        post: operations["post_jobs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A job by slug, name or id, with how many devices it asks; `ETag` is its version */
        get: operations["get_jobs_by_job"];
        /** Write a job anew; with `If-Match` only the version that was seen */
        put: operations["put_jobs_by_job"];
        post?: never;
        /** Delete a job; its executions stay */
        delete: operations["delete_jobs_by_job"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job}/duplicate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep a second job like this one */
        post: operations["post_jobs_by_job_duplicate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run a job. With `Idempotency-Key`, once */
        post: operations["post_jobs_by_job_run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/bulk-delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete jobs; their executions stay. `undo` of the answer takes it back */
        post: operations["post_jobs_bulk_delete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/bulk-edit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enable, disable, tag or favour jobs. `undo` of the answer takes it back */
        post: operations["post_jobs_bulk_edit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Jobs as a file that can be imported again */
        get: operations["get_jobs_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep the jobs of files; one that is there, by its slug, is written over */
        post: operations["post_jobs_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Which devices a job would ask, and what, before it is kept */
        post: operations["post_jobs_preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run several jobs: by name, by pattern, by tag, or all. With `Idempotency-Key`, once */
        post: operations["post_jobs_run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/starter": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Jobs of the starter library */
        get: operations["get_jobs_starter"];
        put?: never;
        /** Keep those jobs of the starter library that are not there yet */
        post: operations["post_jobs_starter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whether a job can be kept, and what is wrong with it */
        post: operations["post_jobs_validate"];
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
    "/api/v1/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was told, and what waits, the newest first */
        get: operations["get_notifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Records by name */
        get: operations["get_notifications_channels"];
        put?: never;
        /** Add a record; `dry_run` shows what would be */
        post: operations["post_notifications_channels"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/channels/{reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A record by slug, name or id; `ETag` is its version */
        get: operations["get_notifications_channels_by_reference"];
        put?: never;
        post?: never;
        /** Delete a record, and what hangs on it; `dry_run` says what that is */
        delete: operations["delete_notifications_channels_by_reference"];
        options?: never;
        head?: never;
        /** Change a record; with `If-Match` only the version that was seen */
        patch: operations["patch_notifications_channels_by_reference"];
        trace?: never;
    };
    "/api/v1/notifications/channels/{reference}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a message that says it is a test; the answer says why it did not arrive */
        post: operations["post_notifications_channels_by_reference_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Records by name */
        get: operations["get_notifications_rules"];
        put?: never;
        /** Add a record; `dry_run` shows what would be */
        post: operations["post_notifications_rules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/rules/{reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A record by slug, name or id; `ETag` is its version */
        get: operations["get_notifications_rules_by_reference"];
        put?: never;
        post?: never;
        /** Delete a record, and what hangs on it; `dry_run` says what that is */
        delete: operations["delete_notifications_rules_by_reference"];
        options?: never;
        head?: never;
        /** Change a record; with `If-Match` only the version that was seen */
        patch: operations["patch_notifications_rules_by_reference"];
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
    "/api/v1/reports/own": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reports that `config.yaml` has */
        get: operations["get_reports_own"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/own/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What one of them says */
        get: operations["get_reports_own_by_name"];
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
    "/api/v1/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Schedules */
        get: operations["get_schedules"];
        put?: never;
        /** Let a job run by itself */
        post: operations["post_schedules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schedules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A schedule, and what became of its last times */
        get: operations["get_schedules_by_id"];
        /** Let it run at other times; a run that has begun goes on */
        put: operations["put_schedules_by_id"];
        post?: never;
        /** Take a schedule away; its runs stay */
        delete: operations["delete_schedules_by_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schedules/{id}/next": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When it runs next */
        get: operations["get_schedules_by_id_next"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schedules/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pause a schedule, or let it go on */
        post: operations["post_schedules_by_id_pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schedules/presets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What most installations want to run by itself */
        get: operations["get_schedules_presets"];
        put?: never;
        /** Keep the job of a preset and its schedule: both, or none */
        post: operations["post_schedules_presets"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schedules/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** When a schedule would run, before it is kept */
        post: operations["post_schedules_preview"];
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
    "/api/v1/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The configuration file, without passwords; `ETag` is its version */
        get: operations["get_settings"];
        /** Write the configuration file; it is checked first, and holds when the server is started again */
        put: operations["put_settings"];
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
    "/api/v1/sources/netbox/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make devices of those of the NetBox that `netbox.yaml` in the data directory names, and keep up with it */
        post: operations["post_sources_netbox_sync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
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
    "/api/v1/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Templates: your own, Velocity's, the release of ntc-templates */
        get: operations["get_templates"];
        put?: never;
        /** Add a template of your own; it takes precedence over others of its name */
        post: operations["post_templates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/templates/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A template with its text */
        get: operations["get_templates_by_name"];
        /** Write a template of your own anew */
        put: operations["put_templates_by_name"];
        post?: never;
        /** Delete a template of your own; the one that it hid is used again */
        delete: operations["delete_templates_by_name"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/templates/detect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The most likely templates for a text, best first */
        post: operations["post_templates_detect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/templates/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The same as a file: CSV, or JSON with where it is from */
        post: operations["post_templates_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/templates/parse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What templates read of a text, or of a capture */
        post: operations["post_templates_parse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/templates/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try a template on a text: its rows, or the line and state at which it fails */
        post: operations["post_templates_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/terminals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a terminal: a shell on a device, by a credential of the vault
         * @description The answer is a ticket for the WebSocket `/api/v1/terminals/socket`. Who had a terminal is kept in the audit log.
         */
        post: operations["post_terminals"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/terminals/socket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The WebSocket of a terminal
         * @description The first frame is text, `{"type": "open", "ticket": "…"}`. Binary frames are what is typed and what the device says; a text frame
         *     `{"type": "resize", "columns": 132, "rows": 50}` tells another size. The server sends `{"type": "opened", …}`, and at the end
         *     `{"type": "closed", "reason": "…"}` or `{"type": "failed", "class": "…", "message": "…", "advice": "…"}`.
         */
        get: operations["get_terminals_socket"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
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
        /** Make the vault, under a password of its own */
        post: operations["post_vault"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vault/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** All credentials in a file, sealed under a password of its own: `velocity vault import` reads it. Guesses count as attempts to log in */
        post: operations["post_vault_export"];
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
    "/api/v1/vault/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Another password of the vault, and another master key under it. Guesses count as attempts to log in */
        put: operations["put_vault_password"];
        post?: never;
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
    "/collection/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Devices that match (an old route; `GET /api/v1/devices` is better) */
        post: operations["post_collection_devices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collection/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start a collection (an old route; `POST /api/v1/collections` is better) */
        post: operations["post_collection_start"];
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
        /** @description What a person tells who asks for help. */
        About: {
            arch: string;
            /** @description `SQLite` or `PostgreSQL` */
            database: string;
            /** Format: int64 */
            devices: number;
            jobs: number;
            licence: string;
            /** @description `linux`, `macos`, `windows` */
            os: string;
            templates: number;
            version: string;
        };
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
        AddStarterJobs: {
            /**
             * @description Show what would be, write nothing.
             * @default false
             */
            dry_run?: boolean;
            /**
             * @description Only those of this family: `arista`, `cisco-ios`, `cisco-nxos`, `juniper`.
             * @default null
             */
            vendor?: string | null;
        };
        AddToken: {
            expires_at?: components["schemas"]["Timestamp"] | null;
            /** @description What it is for: `prometheus`. */
            name: string;
            /** @description The most that it lets do. */
            scope: components["schemas"]["Role"];
            /** @description Whose it is to be; one's own when it is not given. */
            user?: string | null;
        };
        AskTerminal: {
            /**
             * Format: int32
             * @description 20 to 500.
             * @default 80
             */
            columns?: number;
            /** @description A name in the vault; the one that the device took last, else the default, when it is not given. */
            credential?: string | null;
            /** @description Slug, name, address, serial number or id. */
            device: string;
            /**
             * Format: int32
             * @description 5 to 200.
             * @default 24
             */
            rows?: number;
        };
        /** @description As whom devices are asked. Without any of it, as all that the unlocked vault holds. */
        AsWhomAsked: {
            /**
             * @description Names in the vault; those of the job when there are none and it is one of a job.
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
        /** @description What a file says. */
        Batch: {
            /**
             * Format: int32
             * @description Seconds between two jobs; as the config says when left out.
             */
            delay?: number | null;
            description?: string | null;
            /** @description Slugs, ids or files, in the order in which they are run. */
            jobs?: string[];
            name: string;
            /** @description As the config says when left out. */
            stop_on_failure?: boolean | null;
        };
        /** @description All batches, and files among them that cannot be read. */
        Batches: {
            items: components["schemas"]["BatchView"][];
            problems: string[];
        };
        BatchOrder: {
            /**
             * Format: int32
             * @description Seconds.
             */
            delay: number;
            stop_on_failure: boolean;
        };
        BatchView: components["schemas"]["Batch"] & {
            file: string;
            /** @description Jobs that are not there. */
            missing: string[];
            /** @description What it says, or else the config. */
            order: components["schemas"]["BatchOrder"];
            slug: string;
        };
        /** @description A capture by its lines. */
        Blame: {
            capture_type: string;
            device: string;
            /** @description There are older versions that were not looked at: lines of the oldest one may be older. */
            is_cut: boolean;
            lines: components["schemas"]["BlamedLine"][];
            /** Format: int64 */
            version?: number | null;
        };
        /** @description A line, secrets masked, and the version that it came with. */
        BlamedLine: {
            capture: components["schemas"]["CaptureId"];
            line: string;
            /** @description When that version was seen first. */
            since: components["schemas"]["Timestamp"];
            /** Format: int64 */
            version?: number | null;
        };
        BulkDelete: {
            /** @description Show what would be, write nothing. */
            dry_run?: boolean;
            /** @description As `select` of `/api/v1/devices`. */
            select: string;
        };
        BulkDeleteJobs: {
            /** @description Show what would be, write nothing. */
            dry_run?: boolean;
            /** @description Slugs, names or ids. */
            jobs: string[];
        };
        /** @description What many devices are to become. */
        BulkEdit: {
            edit: components["schemas"]["RecordEdit"];
            /** @description As `select` of `/api/v1/devices`. */
            select: string;
        };
        /** @description What jobs are to become; what is not given stays. */
        BulkEditJobs: {
            /**
             * @description Made where there is none such.
             * @default []
             */
            add_tags?: string[];
            /**
             * @description Show what would be, write nothing.
             * @default false
             */
            dry_run?: boolean;
            /**
             * @description Whether schedules and runs of all jobs run them.
             * @default null
             */
            enabled?: boolean | null;
            /** @default null */
            favourite?: boolean | null;
            /**
             * @description Slugs, names or ids.
             * @default []
             */
            jobs?: string[];
            /** @default [] */
            remove_tags?: string[];
        };
        /** @description A link by the names of its ends. A port that nobody told is `None`. */
        Cable: {
            a_device: string;
            a_port?: string | null;
            b_device: string;
            b_port?: string | null;
        };
        /** @description A template that could be the one. */
        CandidateView: {
            /**
             * Format: double
             * @description From 0 to 1; all candidates together are 1.
             */
            confidence: number;
            /** @description Lines that are not blank, and how many of them it reads. */
            lines: number;
            read: number;
            records: number;
            /**
             * Format: double
             * @description Bits of evidence; only good to compare with others for the same text.
             */
            score: number;
            template: string;
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
        ChangeVaultPassword: {
            new: components["schemas"]["Secret"];
            old: components["schemas"]["Secret"];
        };
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
        ClearAccount: {
            /** @description A user name, or the name of a credential. */
            name: string;
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
        CredentialAsked: {
            /** @description The log-in that is tried first where nothing is known. */
            is_default?: boolean;
            name: string;
            notes?: string | null;
            /**
             * Format: int64
             * @description A lower number is tried first; 100 when it is not given.
             */
            priority?: number | null;
            /** @description The AAA group that checks the account; `local` when each device keeps its own; empty when it is not known. */
            realm?: string;
            secret: components["schemas"]["SecretAsked"];
            /** @description The account, or the SNMPv3 user. */
            username?: string;
        };
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
        /** @description A credential that was written, or would be. */
        CredentialWritten: {
            credential?: components["schemas"]["CredentialView"] | null;
            dry_run: boolean;
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
        DetectText: {
            of: components["schemas"]["ParseText"];
            /** @description Candidates, 1 to 50; 5 when it is not given. */
            top?: number | null;
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
        /** @description A device and what is kept of it; facts, changes and links are asked for by themselves. */
        DeviceView: components["schemas"]["Device"] & {
            /** @description Accounts that worked. */
            accesses: components["schemas"]["Access"][];
            /** @description The latest good one of each type. */
            captures: components["schemas"]["CaptureView"][];
            /** @description How credentials fared: what is preferred first. */
            credentials: components["schemas"]["DeviceCredential"][];
            crypto?: components["schemas"]["CryptoView"] | null;
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
            /** @description What outside systems say of it. */
            sources: components["schemas"]["SourceRecord"][];
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
        DuplicateJob: {
            /**
             * @description Made of that of the other when it is not given.
             * @default null
             */
            name?: string | null;
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
        EditTemplate: {
            source: string;
        };
        EditUser: {
            /** @description Kept out, with all sessions and tokens. */
            disabled?: boolean | null;
            role?: components["schemas"]["Role"] | null;
            /** @description At one site each, beside it: all that there are to be. */
            sites?: components["schemas"]["SiteRoleAsked"][] | null;
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
        ExportText: {
            /** @enum {string} */
            format?: "json" | "csv";
            of: components["schemas"]["ParseText"];
            /** @description What the text is of; it is told in the JSON. */
            source?: string | null;
            /** @description CSV without the names of the fields. */
            without_header?: boolean;
        };
        ExportVault: {
            /** @description Of the file. */
            password: components["schemas"]["Secret"];
            /** @description Of the vault: who has no more than a session that was left open gets no copy. */
            vault_password: components["schemas"]["Secret"];
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
        /** @description A device that failed or was left out, and what to do about it. */
        FailedDevice: {
            address?: string | null;
            advice: string;
            class: components["schemas"]["FailureClass"];
            message: string;
            name: string;
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
            /** @description Sites, roles, cables … that are kept, by the word for commands. */
            records: components["schemas"]["Count"][];
            runs: components["schemas"]["Count"][];
            /**
             * Format: int64
             * @description Log-ins that the server refused, ever.
             */
            server_login_failures: number;
            /**
             * Format: int64
             * @description With devices.
             */
            sites: number;
            /**
             * Format: int64
             * @description Devices on which a credential works.
             */
            with_credential: number;
        };
        /** @description A job out of a file. */
        FileJob: components["schemas"]["JobDraft"] & {
            file: string;
            /** @description What was read otherwise than it stands there, and what was left out. */
            notes: string[];
            /** @description `3`, or that of a predecessor: `1.0`, `2.0`, `collector.db`. */
            version: string;
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
        /** @description For which devices a credential is to be found. */
        FindCredentials: {
            /**
             * @default {
             *       "credentials": [],
             *       "username": null,
             *       "password": null,
             *       "enable": null
             *     }
             */
            as_whom?: components["schemas"]["AsWhomAsked"];
            /**
             * @description As if nothing were known of these devices.
             * @default false
             */
            force?: boolean;
            /**
             * @description So many devices at most.
             * @default null
             */
            limit?: number | null;
            /**
             * @description Log in, but remember nothing of it.
             * @default false
             */
            no_update?: boolean;
            /**
             * @default {
             *       "concurrency": null,
             *       "timeout": null
             *     }
             */
            pace?: components["schemas"]["Pace"];
            /** @default null */
            platform?: string | null;
            /** @default null */
            role?: string | null;
            /**
             * @description A part of the name.
             * @default null
             */
            search?: string | null;
            /** @default null */
            site?: string | null;
            /**
             * @description Leave out devices for which one is known to work.
             * @default false
             */
            skip_configured?: boolean;
        };
        /** @description What was found of one thing. */
        Finding: {
            /** @description What to do; empty when nothing is. */
            advice: string;
            health: components["schemas"]["FindingHealth"];
            /** @description What was seen. */
            seen: string;
            /** @description `disk`, `database`, `vault` … */
            thing: string;
        };
        /**
         * @description How something is.
         * @enum {string}
         */
        FindingHealth: "well" | "warning" | "ill";
        /** @description What trying credentials would ask, and what it may cost the accounts. */
        FindPlan: {
            accounts: components["schemas"]["Forecast"][];
            /** @description Their slugs. */
            devices: string[];
        };
        FindReport: {
            /** @description The address that the text is; `/api/v1/route-lookup` has the routes to it. */
            address?: string | null;
            /** @description The best first. */
            answers: components["schemas"]["FindAnswer"][];
            /** @description How the text was read, the likeliest first. */
            read_as: string[];
            /** @description Where the hosts are plugged in that the text names. */
            whereabouts: components["schemas"]["Whereabouts"][];
        };
        /** @description What became of a time. */
        Firing: {
            at: components["schemas"]["Timestamp"];
            due: components["schemas"]["Timestamp"];
            message?: string | null;
            /** @description `run`, `missed` or `failed`. */
            outcome: string;
            run?: components["schemas"]["RunId"] | null;
        };
        /** @description What a run may cost an account at most. */
        Forecast: {
            account: string;
            credential: string;
            /**
             * Format: int32
             * @description Tries that are left, of all.
             */
            left: number;
            /** Format: int32 */
            may_use: number;
            /** @description The AAA group; `default` when none is known. */
            realm: string;
            stopped: boolean;
            /** Format: int32 */
            tries: number;
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
             *       "username": null,
             *       "password": null,
             *       "enable": null
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
        /** @description What became, or would become, of one row. */
        ImportedRow: {
            /** @description `create`, `update`, `unchanged` or `error`. */
            effect: string;
            /** @description What is wrong, and what would be right. */
            error?: string | null;
            /** @description Field, before, after. */
            fields: [
                string,
                unknown,
                unknown
            ][];
            /**
             * Format: int64
             * @description Of the record; none for one that is not written.
             */
            id?: number | null;
            kind: string;
            name: string;
            /** @description `line 3` */
            place: string;
        };
        /** @description Job files: ours in YAML or JSON, and those of VelocityCMDB and VelocityCollector (version 1.0 and 2.0). */
        ImportJobs: {
            /** @description Show what would be, write nothing. */
            dry_run?: boolean;
            files: components["schemas"]["JobFile"][];
        };
        ImportReport: {
            create: number;
            dry_run: boolean;
            errors: number;
            /** @description Columns of which nothing is kept. */
            ignored: string[];
            /** @description Sites, roles and the like that rows name and that were not there. */
            made: string[];
            rows: components["schemas"]["ImportedRow"][];
            unchanged: number;
            /** Format: int64 */
            undo?: number | null;
            update: number;
            /** @description Whether the rows are in the inventory now; false after a dry run and when a row is wrong. */
            written: boolean;
        };
        InitVault: {
            password: components["schemas"]["Secret"];
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
        /** @description A tool, and the files of its inventory. */
        InventoryTool: {
            /** @description `/api/v1/inventories/{tool}/{file}` */
            files: string[];
            /** @description `nornir`, `ansible` … */
            name: string;
            title: string;
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
        Job: components["schemas"]["JobSpec"] & {
            changed_at: components["schemas"]["Timestamp"];
            changed_by: string;
            created_at: components["schemas"]["Timestamp"];
            created_by: string;
            description?: string | null;
            enabled: boolean;
            favourite: boolean;
            id: components["schemas"]["JobId"];
            last_run?: components["schemas"]["LastRun"] | null;
            name: string;
            /** @description Unique in a tenant: what commands use. */
            slug: string;
            tags: components["schemas"]["JobTag"][];
            /**
             * Format: int64
             * @description Goes up with each change by a person.
             */
            version: number;
        };
        JobCommand: {
            command: string;
            /** @description The capture type that its output is kept as: `collections/<output>/<device>.txt`. */
            output: string;
            /** @description Name of the TextFSM template that reads it; the one that fits best when left out. */
            template?: string | null;
        };
        /** @description Devices for which all that is given holds. A value is a pattern with `*` and `?`; of several values one is enough. */
        JobDevices: {
            /** @description Of the device's name. */
            name?: string[];
            platform?: string[];
            role?: string[];
            site?: string[];
            status?: string[];
            tag?: string[];
            vendor?: string[];
        };
        /** @description A job as a person writes it: in a file, or by flags. */
        JobDraft: {
            description?: string | null;
            enabled?: boolean;
            favourite?: boolean;
            how?: components["schemas"]["JobHow"];
            name: string;
            /** @description Made of the name when left out. */
            slug?: string | null;
            tags?: string[];
            what?: components["schemas"]["JobWhat"];
            which?: components["schemas"]["JobDevices"];
        };
        /** @description Whether a job can be kept. */
        JobExamined: {
            is_valid: boolean;
            /** @description With its texts in one spelling. */
            job: components["schemas"]["JobDraft"];
            /** @description All that is wrong with it, in words. */
            problems: string[];
        };
        JobFile: {
            /** @description As it was called; the ending says whether it is JSON. */
            name: string;
            text: string;
        };
        /** @description How it is run. What is not said is as the config says for all runs. */
        JobHow: {
            /**
             * Format: int32
             * @description Devices at once.
             */
            concurrency?: number | null;
            /**
             * Format: int64
             * @description Seconds to connect.
             */
            connect_timeout?: number | null;
            /** @description Log-ins of the vault that are tried, and no others. */
            credentials?: string[];
            /**
             * Format: double
             * @description Seconds between two commands on a device.
             */
            delay?: number | null;
            protocol?: components["schemas"]["Protocol"] | null;
            /**
             * Format: int32
             * @description Rows that an output has at least; fewer lower its score. Only together with `validate`.
             */
            rows?: number | null;
            save?: components["schemas"]["SaveRule"];
            /**
             * Format: int64
             * @description Seconds for all that happens on one device.
             */
            timeout?: number | null;
            /**
             * Format: double
             * @description How much of an output must be read, from 0 to 1, for it to be good. Without it nothing is validated.
             */
            validate?: number | null;
        };
        /** Format: int64 */
        JobId: number;
        /** @description What a job would ask, as it stands. */
        JobPreview: {
            /** @description The first of them, with what each is asked; a type that no platform of a device has a command for is told. */
            devices: components["schemas"]["PlannedDevice"][];
            /** @description Devices that it asks. */
            matching: number;
            /** @description What is wrong with the job; it cannot be kept before that is mended. */
            problems: string[];
        };
        JobResult: {
            /** @description Why there is no report. */
            error?: string | null;
            job: string;
            report?: components["schemas"]["RunReport"] | null;
            state?: components["schemas"]["RunState"] | null;
        };
        /** @description A job, and how many devices it asks now. */
        JobRow: components["schemas"]["Job"] & {
            devices: number;
        };
        /** @description Jobs that are run together, as far as they are. */
        JobsGoing: {
            /** @description So many have begun. */
            begun: number;
            /** @description One for each job that began, the newest first. */
            executions: components["schemas"]["RunView"][];
            is_over: boolean;
            /** @description In their order. Empty when this server did not start them. */
            jobs: string[];
            name: string;
            report?: components["schemas"]["JobsReport"] | null;
        };
        /** @description What a person keeps of a job besides its names. Also the form of job files, JSON or YAML. */
        JobSpec: {
            how?: components["schemas"]["JobHow"];
            what?: components["schemas"]["JobWhat"];
            which?: components["schemas"]["JobDevices"];
        };
        /** @description What came of several jobs. */
        JobsReport: {
            /** @description What it is a run of: `daily@2026-11-20T02:00:00Z`. */
            batch?: string | null;
            /** Format: int64 */
            devices_failed: number;
            /** Format: int64 */
            devices_succeeded: number;
            /** Format: int64 */
            devices_total: number;
            /**
             * Format: double
             * @description Seconds.
             */
            execution_time: number;
            jobs: components["schemas"]["JobResult"][];
            jobs_failed: number;
            /** @description Not begun: a job before them failed, or somebody cancelled. */
            jobs_skipped: number;
            jobs_succeeded: number;
            jobs_total: number;
            /** @description What was asked for and is not there. */
            missing: [
                string,
                string
            ][];
            started_at: components["schemas"]["Timestamp"];
            state: components["schemas"]["RunState"];
            success: boolean;
        };
        /** @description Jobs that began. */
        JobsStarted: {
            /** @description In their order. */
            jobs: string[];
            /** @description What was asked for, and why it is left out. */
            missing: [
                string,
                string
            ][];
            /** @description `/api/v1/job-runs/{name}`; each execution of it has it as `batch`. */
            name: string;
        };
        JobTag: {
            /** @description Six hex digits. */
            color: string;
            name: string;
        };
        /** @description Capture types, own commands, or both. */
        JobWhat: {
            /** @description Each is asked by the command that the device's platform has for it. */
            captures?: string[];
            /** @description Asked as they stand, in this order, after the capture types. */
            commands?: components["schemas"]["JobCommand"][];
            /** @description Said before the commands, with no answer kept: paging off and the like. A platform's own come first. */
            prepare?: string[];
        };
        /** @description What stays as it is here though a system says otherwise. */
        Kept: {
            device: string;
            field: string;
            ours: string;
            theirs: string;
            /** @description Whose word stays, and why. */
            why: string;
        };
        /** @description What became of a preset: undoing the job takes both back. */
        KeptPreset: {
            job: components["schemas"]["Written"];
            schedule: components["schemas"]["ScheduleView"];
        };
        /**
         * @description How a host key came to be trusted.
         * @enum {string}
         */
        KeyOrigin: "first_use" | "imported" | "accepted";
        /** @description The newest run of a job. */
        LastRun: {
            id: components["schemas"]["RunId"];
            started_at: components["schemas"]["Timestamp"];
            state: components["schemas"]["RunState"];
        };
        LeftOut: {
            /** @description Its own id in that system. */
            id: string;
            name: string;
            why: string;
        };
        /** @description What was let go of. */
        LetGo: {
            /** Format: int64 */
            captures: number;
            /** Format: int64 */
            executions: number;
            /**
             * Format: int64
             * @description Facts that had ended and that only these captures proved.
             */
            facts: number;
        };
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
            /** @description At one site each, beside it. */
            sites: components["schemas"]["SiteRole"][];
        };
        /** @description What was taken over, or would be. */
        Migrated: {
            jobs: components["schemas"]["FileJob"][];
            /** @description Files and jobs that were left out, and why. */
            problems: string[];
            written: components["schemas"]["Written"];
        };
        /**
         * @description What becomes of times at which nobody was there.
         * @enum {string}
         */
        Missed: "skip" | "run_once";
        /** @description A report that is kept, by its name. */
        NamedReport: components["schemas"]["OwnReport"] & {
            name: string;
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
        /** @description Which preset, and by which clock. */
        NewPreset: {
            /** @description `daily-configs` */
            name: string;
            /** @description Name or slug of a site whose time zone it goes by. */
            site?: string | null;
            /** @description `Europe/Berlin`; that of the site, or of the server, when it is not given. */
            zone?: string | null;
        };
        /** @description A schedule as a person asks for it. */
        NewSchedule: {
            /**
             * Format: int32
             * @description It begins up to so many seconds later, always as many for the same time; half a day at most.
             */
            jitter_seconds?: number;
            /** @description Slug, name or id of a job. */
            job: string;
            /** @description What becomes of times at which no daemon was there. */
            missed?: components["schemas"]["Missed"];
            recurrence: components["schemas"]["Recurrence"];
            /** @description Name or slug of a site whose time zone it goes by. */
            site?: string | null;
            /** @description `Europe/Berlin`; that of the site, or of the server, when it is not given. */
            zone?: string | null;
        };
        NewTemplate: {
            /** @description `cisco_ios_show_version` reads `show version` of cisco_ios. */
            name: string;
            source: string;
        };
        NewUser: {
            name: string;
            password?: components["schemas"]["Secret"] | null;
            role: components["schemas"]["Role"];
        };
        /** @description A time at which it runs. */
        NextTime: {
            at: components["schemas"]["Timestamp"];
            /** @description By the clock of its zone. */
            local: string;
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
        /** @description One thing that happened. */
        Notice: {
            at: components["schemas"]["Timestamp"];
            device?: string | null;
            job?: string | null;
            /** @description The same for the same thing, whoever sees it: `run_failed:12`. */
            key: string;
            kind: components["schemas"]["NoticeKind"];
            severity?: components["schemas"]["Severity"] | null;
            site?: string | null;
            /** @description What to look at next, as lines; may be empty. */
            text: string;
            /** @description One line. */
            title: string;
        };
        /**
         * @description Something that may be told.
         * @enum {string}
         */
        NoticeKind: "run_failed" | "run_partial" | "run_succeeded" | "change" | "new_device" | "credential_refused" | "worker_lost";
        /** @description A thing that was, or will be, told by a rule. */
        Notification: components["schemas"]["Notice"] & {
            channel: string;
            due_at: components["schemas"]["Timestamp"];
            /** @description Why the last try did not go well. */
            error?: string | null;
            /** Format: int64 */
            id: number;
            rule: string;
            sent_at?: components["schemas"]["Timestamp"] | null;
            /** @description `waiting`, `sent`, or `failed`: it is not tried again. */
            state: string;
            /**
             * Format: int32
             * @description How often it was tried.
             */
            tries: number;
        };
        /** @description A key that waits for a person. */
        Offered: {
            algorithm: string;
            fingerprint: string;
            first_seen: components["schemas"]["Timestamp"];
            last_seen: components["schemas"]["Timestamp"];
        };
        OldCredentials: {
            username: string;
        };
        OldDevice: {
            /** Format: int64 */
            id: number;
            ip: string;
            name: string;
            platform: string;
            role?: string | null;
            site?: string | null;
            vendor: string;
        };
        OldDevices: {
            count: number;
            devices: components["schemas"]["OldDevice"][];
            success: boolean;
        };
        /** @description Empty means any. */
        OldFilters: {
            /** @default  */
            role?: string;
            /** @default  */
            site?: string;
            /** @default  */
            vendor?: string;
        };
        OldOptions: {
            /**
             * @description What is collected is always loaded.
             * @default null
             */
            auto_load_db?: boolean | null;
            /**
             * Format: int32
             * @default null
             */
            max_workers?: number | null;
        };
        OldStart: {
            capture_types?: string[];
            credentials?: components["schemas"]["OldCredentials"] | null;
            /** @description Ids; those that the filters leave when there are none. */
            devices?: number[];
            filters?: components["schemas"]["OldFilters"];
            options?: components["schemas"]["OldOptions"];
        };
        OldStarted: {
            /** @description `collection_0000002a`: execution 42. */
            job_id: string;
            message: string;
            success: boolean;
        };
        /** @description Devices that run one version of a platform. */
        OsVersionView: {
            devices: string[];
            models: string[];
            os_version?: string | null;
            platform: string;
            vendor: string;
        };
        /** @description What a report asks for. */
        OwnReport: {
            /** @description Those that are shown, in this order; all when there is none. */
            columns?: string[];
            /** @description Instead of rows, how many there are for each value of these columns, the most first. */
            count_by?: string[];
            /** @description Only of these, by a selection such as `site=fra,role=leaf`. */
            devices?: string | null;
            /** @description A kind of facts, or `devices`. */
            of: string;
            /** @description What it is called by persons. */
            title?: string | null;
            /** @description Column and pattern, all of which must hold; `*` and `?` as in file names, `a|b` for either, `!a` for all others. */
            where?: {
                [key: string]: string;
            };
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
        Page_Account: {
            items: {
                /** @description The AAA group; `local ADDRESS` for what a device keeps itself. */
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
        Page_CandidateView: {
            items: {
                /**
                 * Format: double
                 * @description From 0 to 1; all candidates together are 1.
                 */
                confidence: number;
                /** @description Lines that are not blank, and how many of them it reads. */
                lines: number;
                read: number;
                records: number;
                /**
                 * Format: double
                 * @description Bits of evidence; only good to compare with others for the same text.
                 */
                score: number;
                template: string;
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
        Page_Finding: {
            items: {
                /** @description What to do; empty when nothing is. */
                advice: string;
                health: components["schemas"]["FindingHealth"];
                /** @description What was seen. */
                seen: string;
                /** @description `disk`, `database`, `vault` … */
                thing: string;
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
        Page_InventoryTool: {
            items: {
                /** @description `/api/v1/inventories/{tool}/{file}` */
                files: string[];
                /** @description `nornir`, `ansible` … */
                name: string;
                title: string;
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
        Page_JobDraft: {
            items: {
                description?: string | null;
                enabled?: boolean;
                favourite?: boolean;
                how?: components["schemas"]["JobHow"];
                name: string;
                /** @description Made of the name when left out. */
                slug?: string | null;
                tags?: string[];
                what?: components["schemas"]["JobWhat"];
                which?: components["schemas"]["JobDevices"];
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
        Page_JobRow: {
            items: (components["schemas"]["Job"] & {
                devices: number;
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
        Page_NamedReport: {
            items: (components["schemas"]["OwnReport"] & {
                name: string;
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
        Page_NextTime: {
            items: {
                at: components["schemas"]["Timestamp"];
                /** @description By the clock of its zone. */
                local: string;
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
        Page_Notification: {
            items: (components["schemas"]["Notice"] & {
                channel: string;
                due_at: components["schemas"]["Timestamp"];
                /** @description Why the last try did not go well. */
                error?: string | null;
                /** Format: int64 */
                id: number;
                rule: string;
                sent_at?: components["schemas"]["Timestamp"] | null;
                /** @description `waiting`, `sent`, or `failed`: it is not tried again. */
                state: string;
                /**
                 * Format: int32
                 * @description How often it was tried.
                 */
                tries: number;
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
        Page_PresetView: {
            items: {
                captures: string[];
                /** @description There is a job of its name: it is not kept again. */
                kept: boolean;
                /** @description The slug of its job. */
                name: string;
                recurrence: components["schemas"]["Recurrence"];
                title: string;
                /** @description In words: `daily at 02:00`. */
                when: string;
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
        Page_ScheduleView: {
            items: {
                created_by: string;
                id: components["schemas"]["ScheduleId"];
                /** Format: int64 */
                jitter_seconds: number;
                job: string;
                last?: components["schemas"]["Firing"] | null;
                missed: components["schemas"]["Missed"];
                next?: components["schemas"]["Timestamp"] | null;
                /** @description By the clock of its zone. */
                next_local?: string | null;
                recurrence: components["schemas"]["Recurrence"];
                site?: string | null;
                /** @description `active`, `paused`, `job disabled` or `over`. */
                state: string;
                /**
                 * Format: int64
                 * @description What takes back the change that this answers; there is none in lists, nor for what was made with a job.
                 */
                undo?: number | null;
                /** @description In words: `daily at 02:00`. */
                when: string;
                zone: string;
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
        Page_TemplateView: {
            items: {
                /** @description `own`, `velocity` or `ntc-templates`. */
                from: string;
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
                /** @description At all sites. */
                role: components["schemas"]["Role"];
                /** @description At one site each, beside it. */
                sites: components["schemas"]["SiteRole"][];
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
        /** @description A text, and which template reads it. Without a name it is found by platform and command, or by the text. */
        ParseText: {
            /**
             * Format: int64
             * @description Instead of a text, the number of a capture.
             * @default null
             */
            capture?: number | null;
            /** @default null */
            command?: string | null;
            /** @default null */
            platform?: string | null;
            /**
             * @description Names of templates; several are merged on their keys.
             * @default []
             */
            templates?: string[];
            /**
             * @description Output of a command.
             * @default null
             */
            text?: string | null;
        };
        Pause: {
            /** @description Its times pass without a run; what passed is not made up for. */
            paused: boolean;
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
            /** @description The one of the vault that alone is tried. */
            pinned?: string | null;
            platform: string;
            /** @description What can be asked of it. */
            types: string[];
            /** @description What none of its platforms has a command for. */
            unsupported: string[];
        };
        /** @description A preset, and whether it is in use. */
        PresetView: {
            captures: string[];
            /** @description There is a job of its name: it is not kept again. */
            kept: boolean;
            /** @description The slug of its job. */
            name: string;
            recurrence: components["schemas"]["Recurrence"];
            title: string;
            /** @description In words: `daily at 02:00`. */
            when: string;
        };
        PreviewJob: {
            job: components["schemas"]["JobDraft"];
            /**
             * Format: int32
             * @description Devices to show, 1 to 1000; 50 when it is not given.
             */
            limit?: number | null;
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
        /** @enum {string} */
        Protocol: "ssh" | "telnet";
        /** @description What may go; what is not given is as the configuration says. */
        Prune: {
            /**
             * @description Show what would go, remove nothing.
             * @default false
             */
            dry_run?: boolean;
            /**
             * Format: int32
             * @description So many executions of each job, and versions of each capture, stay whatever their age.
             * @default null
             */
            keep?: number | null;
            /**
             * @description Contents of captures take so much at most: `5GB`.
             * @default null
             */
            max_size?: string | null;
            /**
             * @description What ended, or was seen last, longer ago: `90d`, `12h`, `2w`, `1y`.
             * @default null
             */
            older_than?: string | null;
        };
        /** @description What went, or would go. */
        PruneReport: components["schemas"]["LetGo"] & {
            /** Format: int64 */
            bytes: number;
            /**
             * Format: int64
             * @description Bytes on disk of the contents of all captures that stay.
             */
            bytes_left: number;
            /**
             * Format: int64
             * @description Contents that no capture has any more, and their bytes on disk. What was wanted within the hour goes next time.
             */
            contents: number;
            dry_run: boolean;
            /** @description Size was asked for that cannot be had: what is left are last good captures and proofs. */
            is_over: boolean;
            rules: components["schemas"]["Retention"];
        };
        /** @description What a template read, or why it did not. */
        ReadText: {
            /**
             * Format: double
             * @description How sure it is that this is the template, from 0 to 1, where it was found by the text.
             */
            confidence?: number | null;
            fields: string[];
            /** @description Lines of the text. */
            lines: number;
            problem?: components["schemas"]["TextProblem"] | null;
            /** @description First and last line of each row, from 1. */
            row_lines: [
                number,
                number
            ][];
            /** @description An object for each, by field: a text, or a list of texts. */
            rows: Record<string, never>[];
            /** @description Names of the templates; several were merged. */
            template: string;
            /** @description Lines that no rule read. */
            unread: components["schemas"]["UnreadLine"][];
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
        Recurrence: {
            /** @description `2026-12-24T22:00:00`, by the clock of the zone. */
            at: string;
            /** @enum {string} */
            every: "once";
        } | {
            /** @enum {string} */
            every: "hourly";
            /** Format: int32 */
            minute: number;
        } | {
            /** @description `02:00:00` */
            at: string;
            /** @enum {string} */
            every: "daily";
        } | {
            /** @description `02:00:00` */
            at: string;
            /** @enum {string} */
            every: "weekly";
            on: number[];
        } | {
            /** @description `02:00:00` */
            at: string;
            /** Format: int32 */
            day: number;
            /** @enum {string} */
            every: "monthly";
        } | {
            /** @enum {string} */
            every: "cron";
            pattern: string;
        };
        /** @description What a report says. */
        ReportTable: {
            at: components["schemas"]["Timestamp"];
            columns: string[];
            /** @description Values by column. */
            rows: Record<string, never>[];
            title: string;
        };
        /** @description What may go. With none of them nothing does. */
        Retention: {
            before?: components["schemas"]["Timestamp"] | null;
            /**
             * Format: int32
             * @description So many of each stay: the newest executions of each job, the newest versions of each capture. Without an age
             *     all others go.
             */
            keep?: number | null;
            /**
             * Format: int64
             * @description Bytes on disk of all contents of captures: the oldest go until they fit.
             */
            max_bytes?: number | null;
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
        RunBatch: {
            /**
             * Format: int32
             * @description Seconds between two jobs, 0 to 60; over what the batch says.
             * @default null
             */
            delay?: number | null;
            /**
             * @default {
             *       "limit": null,
             *       "as_whom": {
             *         "credentials": [],
             *         "username": null,
             *         "password": null,
             *         "enable": null
             *       },
             *       "pace": {
             *         "concurrency": null,
             *         "timeout": null
             *       },
             *       "on_workers": false
             *     }
             */
            how?: components["schemas"]["RunJob"];
            /**
             * @description Over what the batch says.
             * @default null
             */
            stop_on_failure?: boolean | null;
        };
        /** Format: int64 */
        RunId: number;
        /** @description How a job is run this time. */
        RunJob: {
            /**
             * @default {
             *       "credentials": [],
             *       "username": null,
             *       "password": null,
             *       "enable": null
             *     }
             */
            as_whom?: components["schemas"]["AsWhomAsked"];
            /**
             * @description So many devices at most, of each job.
             * @default null
             */
            limit?: number | null;
            /**
             * @description Put it into the queue of the workers, who have the vault, instead of doing it in this server.
             * @default false
             */
            on_workers?: boolean;
            /**
             * @default {
             *       "concurrency": null,
             *       "timeout": null
             *     }
             */
            pace?: components["schemas"]["Pace"];
        };
        /** @description Several jobs; all that is named is run, each once. */
        RunJobs: {
            /**
             * @description All that are enabled.
             * @default false
             */
            all?: boolean;
            /**
             * @description Jobs at once, 1 to 50; one after the other when it is not given.
             * @default null
             */
            at_once?: number | null;
            /**
             * Format: int32
             * @description Seconds between two jobs that go one after the other, 0 to 60.
             * @default 0
             */
            delay?: number;
            /**
             * @default {
             *       "limit": null,
             *       "as_whom": {
             *         "credentials": [],
             *         "username": null,
             *         "password": null,
             *         "enable": null
             *       },
             *       "pace": {
             *         "concurrency": null,
             *         "timeout": null
             *       },
             *       "on_workers": false
             *     }
             */
            how?: components["schemas"]["RunJob"];
            /**
             * @description Slugs, names or ids, in this order.
             * @default []
             */
            jobs?: string[];
            /**
             * @description Enabled ones whose slug or name is like this, with `*` and `?`.
             * @default []
             */
            patterns?: string[];
            /** @default false */
            stop_on_failure?: boolean;
            /**
             * @description Enabled ones with this tag.
             * @default null
             */
            tag?: string | null;
        };
        /** @enum {string} */
        RunKind: "discovery" | "collection" | "credentials";
        /** @description Counts are of devices. */
        RunReport: {
            /** @description By capture type. */
            captures_created: {
                [key: string]: number;
            };
            /** Format: int64 */
            changes: number;
            /** Format: int64 */
            devices_failed: number;
            /** Format: int64 */
            devices_skipped: number;
            /** Format: int64 */
            devices_succeeded: number;
            /** Format: int64 */
            devices_total: number;
            /**
             * Format: double
             * @description Seconds.
             */
            execution_time: number;
            /** @description Facts that are there now on the devices of the run, by kind. */
            facts: {
                [key: string]: number;
            };
            failed_devices: components["schemas"]["FailedDevice"][];
            kind: components["schemas"]["RunKind"];
            loaded_to_db: boolean;
            /** @description What a person should know besides: captures that no template read, lines that no rule read. */
            notes: string[];
            run?: components["schemas"]["RunId"] | null;
            /** @description Those that were left out, with the reason. */
            skipped_devices: components["schemas"]["FailedDevice"][];
            state: components["schemas"]["RunState"];
            success: boolean;
        };
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
        /**
         * @description Which outputs are kept.
         * @enum {string}
         */
        SaveRule: "valid" | "all" | "none";
        /** @description A schedule, and what became of its last times. */
        ScheduleDetail: components["schemas"]["ScheduleView"] & {
            /** @description The newest first. */
            times: components["schemas"]["Firing"][];
        };
        /** Format: int64 */
        ScheduleId: number;
        ScheduleView: {
            created_by: string;
            id: components["schemas"]["ScheduleId"];
            /** Format: int64 */
            jitter_seconds: number;
            job: string;
            last?: components["schemas"]["Firing"] | null;
            missed: components["schemas"]["Missed"];
            next?: components["schemas"]["Timestamp"] | null;
            /** @description By the clock of its zone. */
            next_local?: string | null;
            recurrence: components["schemas"]["Recurrence"];
            site?: string | null;
            /** @description `active`, `paused`, `job disabled` or `over`. */
            state: string;
            /**
             * Format: int64
             * @description What takes back the change that this answers; there is none in lists, nor for what was made with a job.
             */
            undo?: number | null;
            /** @description In words: `daily at 02:00`. */
            when: string;
            zone: string;
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
            /** @description Bytes of the text that match, where that was asked for. */
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
        /** @description What is in a credential. What is left out of one that is replaced is gone from it. */
        SecretAsked: {
            certificate?: components["schemas"]["Secret"] | null;
            enable?: components["schemas"]["Secret"] | null;
            key?: components["schemas"]["Secret"] | null;
            /** @enum {string} */
            kind: "login";
            passphrase?: components["schemas"]["Secret"] | null;
            password?: components["schemas"]["Secret"] | null;
        } | {
            community: components["schemas"]["Secret"];
            /** @enum {string} */
            kind: "snmp-community";
        } | {
            /** @description `MD5`, `SHA`, `SHA-224`, `SHA-256`, `SHA-384`, `SHA-512`; none when it is not given. */
            auth?: string | null;
            auth_passphrase?: components["schemas"]["Secret"] | null;
            /** @enum {string} */
            kind: "snmp-user";
            /** @description `DES`, `AES-128`, `AES-192`, `AES-256`; none when it is not given. */
            privacy?: string | null;
            privacy_passphrase?: components["schemas"]["Secret"] | null;
        } | {
            /** @enum {string} */
            kind: "token";
            token: components["schemas"]["Secret"];
        };
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
        /** @description The configuration file. */
        SettingsView: {
            file: string;
            /** @description What holds by it, with the defaults for what it does not say. */
            in_effect: Record<string, never>;
            /** @description The file says something else than what this process goes by. */
            needs_restart: boolean;
            /** @description As it stands there, with `********` for a password. */
            text: string;
            /** @description Of the text, for `If-Match`. */
            version: string;
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
        /** @description A role that somebody has at one site, beside the one for all of them. */
        SiteRole: {
            name: string;
            role: components["schemas"]["Role"];
            /** @description Its slug. */
            site: string;
        };
        /** @description Operator or approver at one site. */
        SiteRoleAsked: {
            role: components["schemas"]["Role"];
            /** @description Slug or name. */
            site: string;
        };
        /** @description A record of an outside system, as it said it last. */
        SourceRecord: {
            /** @description What it says, field by field. */
            data: Record<string, never>;
            /** @description The slug of the device that it is taken for. */
            device?: string | null;
            first_seen: components["schemas"]["Timestamp"];
            gone_at?: components["schemas"]["Timestamp"] | null;
            /** Format: int64 */
            id: number;
            /** @description `device` */
            kind: string;
            last_seen: components["schemas"]["Timestamp"];
            name: string;
            /** @description The installation, by its address. */
            source: string;
            /** @description Its own id there. */
            source_id: string;
            /** @description `netbox` */
            system: string;
            /** @description Where a person sees it. */
            url?: string | null;
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
        /** @description What reading a system did, or would do. */
        SyncReport: components["schemas"]["ImportReport"] & {
            /** @description Names that it does not have any more; their devices stay. */
            gone: string[];
            /** @description What stays as it is here though the system says otherwise. */
            kept: components["schemas"]["Kept"][];
            /** @description Records of which no device is made, and why. */
            left_out: components["schemas"]["LeftOut"][];
            /** @description Records that it has, or those of the filter. */
            read: number;
            /** @description The installation, by its address. */
            source: string;
            system: string;
            version: string;
        };
        /** @description A template with its text. */
        TemplateText: components["schemas"]["TemplateView"] & {
            /** @description Another of that name is hidden by it: `velocity` or `ntc-templates`. */
            hides?: string | null;
            source: string;
        };
        TemplateView: {
            /** @description `own`, `velocity` or `ntc-templates`. */
            from: string;
            name: string;
        };
        /** @description A template that was written, or would be. */
        TemplateWritten: {
            dry_run: boolean;
            template: components["schemas"]["TemplateText"];
        };
        /** @description The right to one terminal. */
        TerminalTicket: {
            /** @description `10.0.0.2:22` */
            address: string;
            credential: string;
            /** @description Slug. */
            device: string;
            /**
             * Format: int64
             * @description Seconds.
             */
            expires_in: number;
            /** @description Good once, for whom it was given to: the first frame of the WebSocket `/api/v1/terminals/socket` holds it. */
            ticket: string;
            username: string;
        };
        TestCredentials: {
            /**
             * @default {
             *       "credentials": [],
             *       "username": null,
             *       "password": null,
             *       "enable": null
             *     }
             */
            as_whom?: components["schemas"]["AsWhomAsked"];
            /**
             * @description Remember what works.
             * @default false
             */
            update?: boolean;
        };
        /** @description A template that is being written, and a text to try it on. */
        TestTemplate: {
            source: string;
            text: string;
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
        /** @description Why a template, or a text, was refused. */
        TextProblem: {
            /** @description Of the template, from 1. */
            column?: number | null;
            /** @description Of the template or the text, from 1. */
            line?: number | null;
            message: string;
            /** @description `template`: it cannot be used; `text`: the template does not read it. */
            of: string;
            /** @description Line of the template whose rule refused the text. */
            rule?: number | null;
            /** @description The state in which the text was refused. */
            state?: string | null;
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
        /** @description A line that no rule read. */
        UnreadLine: {
            line: number;
            text: string;
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
            /** @description At all sites. */
            role: components["schemas"]["Role"];
            /** @description At one site each, beside it. */
            sites: components["schemas"]["SiteRole"][];
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
        WriteSettings: {
            /** @description `config.yaml` as it is to be. `********` stands for the password that is there. */
            text: string;
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
    get_about: {
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
                    "application/json": components["schemas"]["About"];
                };
            };
        };
    };
    post_accounts_clear: {
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
                "application/json": components["schemas"]["ClearAccount"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Account"];
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
    get_batches: {
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
                    "application/json": components["schemas"]["Batches"];
                };
            };
        };
    };
    post_batches: {
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
                "application/json": components["schemas"]["Batch"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchView"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchView"];
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
    get_batches_by_batch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch: string;
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
                    "application/json": components["schemas"]["BatchView"];
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
    put_batches_by_batch: {
        parameters: {
            query?: {
                /** @description Show what would be, write nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                batch: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Batch"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchView"];
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
    delete_batches_by_batch: {
        parameters: {
            query?: {
                /** @description Show what would be, write nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                batch: string;
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
                    "application/json": components["schemas"]["BatchView"];
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
    post_batches_by_batch_run: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key again starts nothing, for a day */
                "Idempotency-Key"?: string | null;
            };
            path: {
                batch: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunBatch"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobsStarted"];
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
    get_cables: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description Of interfaces, IP addresses and cables: on this device, by name, id, address or serial number. */
                device?: string;
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
    post_cables: {
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
    get_cables_by_reference: {
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
    delete_cables_by_reference: {
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
    patch_cables_by_reference: {
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
    post_credentials: {
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
                "application/json": components["schemas"]["CredentialAsked"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CredentialWritten"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CredentialWritten"];
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
    get_credentials_by_name: {
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
                    "application/json": components["schemas"]["CredentialView"];
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
    put_credentials_by_name: {
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["CredentialAsked"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CredentialWritten"];
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
    delete_credentials_by_name: {
        parameters: {
            query?: {
                /** @description Show what would be, write nothing. */
                dry_run?: boolean;
                /** @description Also when it is pinned to devices, which take any other one then. */
                unpin?: boolean;
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
                    "application/json": components["schemas"]["CredentialWritten"];
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
    post_credentials_by_name_default: {
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
                    "application/json": components["schemas"]["CredentialView"];
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
    post_credentials_discover: {
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
                "application/json": components["schemas"]["FindCredentials"];
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
    post_credentials_discover_plan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FindCredentials"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FindPlan"];
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
                /** @description Of interfaces, IP addresses and cables: on this device, by name, id, address or serial number. */
                device?: string;
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
    get_devices_by_reference_captures_by_capture_type_blame: {
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
                    "application/json": components["schemas"]["Blame"];
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
    post_devices_by_reference_credential_test: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reference: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestCredentials"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunReport"];
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
    get_devices_by_reference_links: {
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
                    "application/json": components["schemas"]["Page_LinkView"];
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
    get_devices_export: {
        parameters: {
            query?: {
                /** @description As it was then. */
                at?: components["schemas"]["Timestamp"];
                /** @description `csv`, `json` or `ndjson`. */
                format?: "csv" | "json" | "ndjson";
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
                    "text/csv": string;
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
                /** @description One run of a batch, `daily@2026-11-20T02:00:00Z`, or all of it: `daily`. */
                batch?: string;
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description Of this job: slug, name or id. */
                job?: string;
                kind?: components["schemas"]["RunKind"];
                /** @description Rows, 1 to 1000; 100 when it is not given. */
                limit?: number;
                /** @description Only executions of jobs. */
                of_jobs?: boolean;
                /** @description Started then or later. */
                since?: components["schemas"]["Timestamp"];
                state?: components["schemas"]["RunState"];
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
    get_executions_by_id_archive: {
        parameters: {
            query?: {
                /** @description `zip` or `tgz`. */
                format?: "zip" | "tgz";
            };
            header?: never;
            path: {
                id: number;
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
                    "application/zip": string;
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
    post_executions_prune: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Prune"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PruneReport"];
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
    get_health: {
        parameters: {
            query?: {
                /** @description Every page of the database is read; it takes a while. */
                deep?: boolean;
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
                    "application/json": components["schemas"]["Page_Finding"];
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
    get_interfaces: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description Of interfaces, IP addresses and cables: on this device, by name, id, address or serial number. */
                device?: string;
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
    post_interfaces: {
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
    get_interfaces_by_reference: {
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
    delete_interfaces_by_reference: {
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
    patch_interfaces_by_reference: {
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
    get_inventories: {
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
                    "application/json": components["schemas"]["Page_InventoryTool"];
                };
            };
        };
    };
    get_inventories_by_tool_by_file: {
        parameters: {
            query?: {
                /** @description As `select` of `/api/v1/devices`; all when it is not given. */
                select?: string;
            };
            header?: never;
            path: {
                file: string;
                tool: string;
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
                    "text/plain": string;
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
    get_ip_addresses: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description Of interfaces, IP addresses and cables: on this device, by name, id, address or serial number. */
                device?: string;
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
    post_ip_addresses: {
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
    get_ip_addresses_by_reference: {
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
    delete_ip_addresses_by_reference: {
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
    patch_ip_addresses_by_reference: {
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
    get_job_runs_by_name: {
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
                    "application/json": components["schemas"]["JobsGoing"];
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
    post_job_runs_by_name_cancel: {
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
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
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
    get_jobs: {
        parameters: {
            query?: {
                enabled?: boolean;
                favourite?: boolean;
                /** @description Of slug or name, with `*` and `?`. */
                pattern?: string;
                /** @description A part of name, slug or description. */
                search?: string;
                tag?: string;
                /** @description A capture type that it collects. */
                type?: string;
                /** @description A part of the vendor or platform that it is for. */
                vendor?: string;
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
                    "application/json": components["schemas"]["Page_JobRow"];
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
    post_jobs: {
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
                "application/json": components["schemas"]["JobDraft"];
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
    get_jobs_by_job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: string;
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
                    "application/json": components["schemas"]["JobRow"];
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
    put_jobs_by_job: {
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
                job: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobDraft"];
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
    delete_jobs_by_job: {
        parameters: {
            query?: {
                /** @description Show what would be, write nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                job: string;
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
    post_jobs_by_job_duplicate: {
        parameters: {
            query?: {
                /** @description Show what would be, write nothing. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                job: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DuplicateJob"];
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
    post_jobs_by_job_run: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key again starts nothing, for a day */
                "Idempotency-Key"?: string | null;
            };
            path: {
                job: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunJob"];
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
    post_jobs_bulk_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkDeleteJobs"];
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
    post_jobs_bulk_edit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkEditJobs"];
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
    get_jobs_export: {
        parameters: {
            query?: {
                /** @description `yaml` or `json`. */
                format?: "yaml" | "json";
                /** @description Slugs with commas; all when it is not given. */
                jobs?: string;
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
                    "application/yaml": string;
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
    post_jobs_import: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportJobs"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Migrated"];
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
    post_jobs_preview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreviewJob"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobPreview"];
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
    post_jobs_run: {
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
                "application/json": components["schemas"]["RunJobs"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobsStarted"];
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
    get_jobs_starter: {
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
                    "application/json": components["schemas"]["Page_JobDraft"];
                };
            };
        };
    };
    post_jobs_starter: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddStarterJobs"];
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
        };
    };
    post_jobs_validate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobDraft"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobExamined"];
                };
            };
        };
    };
    get_locations: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description Of interfaces, IP addresses and cables: on this device, by name, id, address or serial number. */
                device?: string;
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
                /** @description Of interfaces, IP addresses and cables: on this device, by name, id, address or serial number. */
                device?: string;
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
    get_notifications: {
        parameters: {
            query?: {
                /** @description Rows, 1 to 1000; 100 when it is not given. */
                limit?: number;
                /** @description `waiting`, `sent` or `failed`; all when it is not given. */
                state?: string;
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
                    "application/json": components["schemas"]["Page_Notification"];
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
    get_notifications_channels: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description Of interfaces, IP addresses and cables: on this device, by name, id, address or serial number. */
                device?: string;
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
    post_notifications_channels: {
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
    get_notifications_channels_by_reference: {
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
    delete_notifications_channels_by_reference: {
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
    patch_notifications_channels_by_reference: {
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
    post_notifications_channels_by_reference_test: {
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
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
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
    get_notifications_rules: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description Of interfaces, IP addresses and cables: on this device, by name, id, address or serial number. */
                device?: string;
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
    post_notifications_rules: {
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
    get_notifications_rules_by_reference: {
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
    delete_notifications_rules_by_reference: {
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
    patch_notifications_rules_by_reference: {
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
    get_platforms: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description Of interfaces, IP addresses and cables: on this device, by name, id, address or serial number. */
                device?: string;
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
    get_reports_own: {
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
                    "application/json": components["schemas"]["Page_NamedReport"];
                };
            };
        };
    };
    get_reports_own_by_name: {
        parameters: {
            query?: {
                /** @description As it was then: `2026-11-20T02:13:00Z`. */
                at?: components["schemas"]["Timestamp"];
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
                    "application/json": components["schemas"]["ReportTable"];
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
                /** @description Of interfaces, IP addresses and cables: on this device, by name, id, address or serial number. */
                device?: string;
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
    get_schedules: {
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
                    "application/json": components["schemas"]["Page_ScheduleView"];
                };
            };
        };
    };
    post_schedules: {
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
                "application/json": components["schemas"]["NewSchedule"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduleView"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduleView"];
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
    get_schedules_by_id: {
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
                    "application/json": components["schemas"]["ScheduleDetail"];
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
    put_schedules_by_id: {
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSchedule"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduleView"];
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
    delete_schedules_by_id: {
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
                    "application/json": components["schemas"]["ScheduleView"];
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
    get_schedules_by_id_next: {
        parameters: {
            query?: {
                /** @description Times, 1 to 366; 10 when it is not given. */
                count?: number;
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
                    "application/json": components["schemas"]["Page_NextTime"];
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
    post_schedules_by_id_pause: {
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["Pause"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduleView"];
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
    get_schedules_presets: {
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
                    "application/json": components["schemas"]["Page_PresetView"];
                };
            };
        };
    };
    post_schedules_presets: {
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
                "application/json": components["schemas"]["NewPreset"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptPreset"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptPreset"];
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
    post_schedules_preview: {
        parameters: {
            query?: {
                /** @description Times, 1 to 366; 10 when it is not given. */
                count?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSchedule"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_NextTime"];
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
    get_settings: {
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
                    "application/json": components["schemas"]["SettingsView"];
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
    put_settings: {
        parameters: {
            query?: {
                /** @description Show what would be, write nothing. */
                dry_run?: boolean;
            };
            header?: {
                /** @description `ETag` of what was seen */
                "If-Match"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteSettings"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsView"];
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
    get_sites: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description Of interfaces, IP addresses and cables: on this device, by name, id, address or serial number. */
                device?: string;
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
    post_sources_netbox_sync: {
        parameters: {
            query?: {
                /** @description Show what would be, write nothing. */
                dry_run?: boolean;
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
                    "application/json": components["schemas"]["SyncReport"];
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
    get_tags: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description Of interfaces, IP addresses and cables: on this device, by name, id, address or serial number. */
                device?: string;
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
    get_templates: {
        parameters: {
            query?: {
                /** @description `own`, `velocity` or `ntc-templates`. */
                from?: string;
                /** @description A part of the name. */
                search?: string;
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
                    "application/json": components["schemas"]["Page_TemplateView"];
                };
            };
        };
    };
    post_templates: {
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
                "application/json": components["schemas"]["NewTemplate"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateWritten"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateWritten"];
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
    get_templates_by_name: {
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
                    "application/json": components["schemas"]["TemplateText"];
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
    put_templates_by_name: {
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditTemplate"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateWritten"];
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
    delete_templates_by_name: {
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
                    "application/json": components["schemas"]["TemplateWritten"];
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
    post_templates_detect: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DetectText"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_CandidateView"];
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
    post_templates_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportText"];
            };
        };
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
    post_templates_parse: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ParseText"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadText"];
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
    post_templates_test: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestTemplate"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadText"];
                };
            };
        };
    };
    post_terminals: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskTerminal"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TerminalTicket"];
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
    get_terminals_socket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a WebSocket */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
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
    post_vault: {
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
                "application/json": components["schemas"]["InitVault"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VaultState"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VaultState"];
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
    post_vault_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportVault"];
            };
        };
        responses: {
            /** @description a file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
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
    put_vault_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeVaultPassword"];
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
    post_collection_devices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OldFilters"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OldDevices"];
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
    post_collection_start: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OldStart"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OldStarted"];
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
