using System.Collections.Immutable;

namespace Engine.Server.Metadata.PgCatalog;

/// <summary>Tables about what the engine does not have: they are there, with PostgreSQL's columns, and have no rows.</summary>
internal static class EmptyTables
{
    /// <summary>The columns of each; names and types as far as they are not text.</summary>
    private const string Columns = """
        pg_aggregate: aggfnoid:regproc aggkind aggnumdirectargs:smallint aggtransfn:regproc aggfinalfn:regproc aggcombinefn:regproc aggserialfn:regproc
            aggdeserialfn:regproc aggmtransfn:regproc aggminvtransfn:regproc aggmfinalfn:regproc aggfinalextra:boolean aggmfinalextra:boolean aggfinalmodify
            aggmfinalmodify aggsortop:oid aggtranstype:oid aggtransspace:integer aggmtranstype:oid aggmtransspace:integer agginitval aggminitval
        pg_amop: oid:oid amopfamily:oid amoplefttype:oid amoprighttype:oid amopstrategy:smallint amoppurpose amopopr:oid amopmethod:oid amopsortfamily:oid
        pg_amproc: oid:oid amprocfamily:oid amproclefttype:oid amprocrighttype:oid amprocnum:smallint amproc:regproc
        pg_auth_members: roleid:oid member:oid grantor:oid admin_option:boolean
        pg_available_extension_versions: name version installed:boolean superuser:boolean trusted:boolean relocatable:boolean schema requires:name[] comment
        pg_available_extensions: name default_version installed_version comment
        pg_backend_memory_contexts: name ident parent level:integer total_bytes:bigint total_nblocks:bigint free_bytes:bigint free_chunks:bigint
            used_bytes:bigint
        pg_cast: oid:oid castsource:oid casttarget:oid castfunc:oid castcontext castmethod
        pg_config: name setting
        pg_conversion: oid:oid conname connamespace:oid conowner:oid conforencoding:integer contoencoding:integer conproc:regproc condefault:boolean
        pg_db_role_setting: setdatabase:oid setrole:oid setconfig:text[]
        pg_default_acl: oid:oid defaclrole:oid defaclnamespace:oid defaclobjtype defaclacl:text[]
        pg_event_trigger: oid:oid evtname evtevent evtowner:oid evtfoid:oid evtenabled evttags:text[]
        pg_extension: oid:oid extname extowner:oid extnamespace:oid extrelocatable:boolean extversion extconfig:oid[] extcondition:text[]
        pg_file_settings: sourcefile sourceline:integer seqno:integer name setting applied:boolean error
        pg_foreign_data_wrapper: oid:oid fdwname fdwowner:oid fdwhandler:oid fdwvalidator:oid fdwacl:text[] fdwoptions:text[]
        pg_foreign_server: oid:oid srvname srvowner:oid srvfdw:oid srvtype srvversion srvacl:text[] srvoptions:text[]
        pg_foreign_table: ftrelid:oid ftserver:oid ftoptions:text[]
        pg_group: groname grosysid:oid grolist:oid[]
        pg_hba_file_rules: line_number:integer type database:text[] user_name:text[] address netmask auth_method options:text[] error
        pg_ident_file_mappings: line_number:integer map_name sys_name pg_username error
        pg_inherits: inhrelid:oid inhparent:oid inhseqno:integer inhdetachpending:boolean
        pg_init_privs: objoid:oid classoid:oid objsubid:integer privtype initprivs:text[]
        pg_largeobject: loid:oid pageno:integer data:bytea
        pg_largeobject_metadata: oid:oid lomowner:oid lomacl:text[]
        pg_locks: locktype database:oid relation:oid page:integer tuple:smallint virtualxid transactionid:xid classid:oid objid:oid objsubid:smallint
            virtualtransaction pid:integer mode granted:boolean fastpath:boolean waitstart:timestamptz
        pg_matviews: schemaname matviewname matviewowner tablespace hasindexes:boolean ispopulated:boolean definition
        pg_operator: oid:oid oprname oprnamespace:oid oprowner:oid oprkind oprcanmerge:boolean oprcanhash:boolean oprleft:oid oprright:oid oprresult:oid
            oprcom:oid oprnegate:oid oprcode:regproc oprrest:regproc oprjoin:regproc
        pg_opfamily: oid:oid opfmethod:oid opfname opfnamespace:oid opfowner:oid
        pg_parameter_acl: oid:oid parname paracl:text[]
        pg_partitioned_table: partrelid:oid partstrat partnatts:smallint partdefid:oid partattrs:int2vector partclass:oidvector partcollation:oidvector
            partexprs
        pg_policies: schemaname tablename policyname permissive roles:name[] cmd qual with_check
        pg_policy: oid:oid polname polrelid:oid polcmd polpermissive:boolean polroles:oid[] polqual polwithcheck
        pg_prepared_xacts: transaction gid prepared:timestamptz owner database
        pg_publication: oid:oid pubname pubowner:oid puballtables:boolean pubinsert:boolean pubupdate:boolean pubdelete:boolean pubtruncate:boolean
            pubviaroot:boolean
        pg_publication_namespace: oid:oid pnpubid:oid pnnspid:oid
        pg_publication_rel: oid:oid prpubid:oid prrelid:oid prqual prattrs:int2vector
        pg_publication_tables: pubname schemaname tablename attnames:name[] rowfilter
        pg_range: rngtypid:oid rngsubtype:oid rngmultitypid:oid rngcollation:oid rngsubopc:oid rngcanonical:regproc rngsubdiff:regproc
        pg_replication_origin: roident:oid roname
        pg_replication_origin_status: local_id:oid external_id remote_lsn local_lsn
        pg_replication_slots: slot_name plugin slot_type datoid:oid database temporary:boolean active:boolean active_pid:integer xmin:xid catalog_xmin:xid restart_lsn
            confirmed_flush_lsn wal_status safe_wal_size:bigint two_phase:boolean
        pg_rules: schemaname tablename rulename definition
        pg_seclabel: objoid:oid classoid:oid objsubid:integer provider label
        pg_seclabels: objoid:oid classoid:oid objsubid:integer objtype objnamespace:oid objname provider label
        pg_shadow: usename usesysid:oid usecreatedb:boolean usesuper:boolean userepl:boolean usebypassrls:boolean passwd valuntil:timestamptz useconfig:text[]
        pg_shdepend: dbid:oid classid:oid objid:oid objsubid:integer refclassid:oid refobjid:oid deptype
        pg_shdescription: objoid:oid classoid:oid description
        pg_shmem_allocations: name off:bigint size:bigint allocated_size:bigint
        pg_shseclabel: objoid:oid classoid:oid provider label
        pg_stat_archiver: archived_count:bigint last_archived_wal last_archived_time:timestamptz failed_count:bigint last_failed_wal
            last_failed_time:timestamptz stats_reset:timestamptz
        pg_stat_bgwriter: checkpoints_timed:bigint checkpoints_req:bigint checkpoint_write_time:double checkpoint_sync_time:double buffers_checkpoint:bigint
            buffers_clean:bigint maxwritten_clean:bigint buffers_backend:bigint buffers_backend_fsync:bigint buffers_alloc:bigint stats_reset:timestamptz
        pg_stat_database: datid:oid datname numbackends:integer xact_commit:bigint xact_rollback:bigint blks_read:bigint blks_hit:bigint tup_returned:bigint
            tup_fetched:bigint tup_inserted:bigint tup_updated:bigint tup_deleted:bigint conflicts:bigint temp_files:bigint temp_bytes:bigint deadlocks:bigint
            checksum_failures:bigint checksum_last_failure:timestamptz blk_read_time:double blk_write_time:double session_time:double active_time:double
            idle_in_transaction_time:double sessions:bigint sessions_abandoned:bigint sessions_fatal:bigint sessions_killed:bigint stats_reset:timestamptz
        pg_stat_database_conflicts: datid:oid datname confl_tablespace:bigint confl_lock:bigint confl_snapshot:bigint confl_bufferpin:bigint
            confl_deadlock:bigint
        pg_stat_progress_analyze: pid:integer datid:oid datname relid:oid phase sample_blks_total:bigint sample_blks_scanned:bigint ext_stats_total:bigint
            ext_stats_computed:bigint child_tables_total:bigint child_tables_done:bigint current_child_table_relid:oid
        pg_stat_progress_basebackup: pid:integer phase backup_total:bigint backup_streamed:bigint tablespaces_total:bigint tablespaces_streamed:bigint
        pg_stat_progress_cluster: pid:integer datid:oid datname relid:oid command phase cluster_index_relid:oid heap_tuples_scanned:bigint
            heap_tuples_written:bigint heap_blks_total:bigint heap_blks_scanned:bigint index_rebuild_count:bigint
        pg_stat_progress_copy: pid:integer datid:oid datname relid:oid command type bytes_processed:bigint bytes_total:bigint tuples_processed:bigint
            tuples_excluded:bigint
        pg_stat_progress_create_index: pid:integer datid:oid datname relid:oid index_relid:oid command phase lockers_total:bigint lockers_done:bigint
            current_locker_pid:bigint blocks_total:bigint blocks_done:bigint tuples_total:bigint tuples_done:bigint partitions_total:bigint
            partitions_done:bigint
        pg_stat_progress_vacuum: pid:integer datid:oid datname relid:oid phase heap_blks_total:bigint heap_blks_scanned:bigint heap_blks_vacuumed:bigint
            index_vacuum_count:bigint max_dead_tuples:bigint num_dead_tuples:bigint
        pg_stat_recovery_prefetch: stats_reset:timestamptz prefetch:bigint hit:bigint skip_init:bigint skip_new:bigint skip_fpw:bigint skip_rep:bigint
            wal_distance:integer block_distance:integer io_depth:integer
        pg_stat_replication: pid:integer usesysid:oid usename application_name client_addr client_hostname client_port:integer backend_start:timestamptz
            backend_xmin:xid state sent_lsn write_lsn flush_lsn replay_lsn write_lag:interval flush_lag:interval replay_lag:interval sync_priority:integer
            sync_state reply_time:timestamptz
        pg_stat_replication_slots: slot_name spill_txns:bigint spill_count:bigint spill_bytes:bigint stream_txns:bigint stream_count:bigint stream_bytes:bigint
            total_txns:bigint total_bytes:bigint stats_reset:timestamptz
        pg_stat_slru: name blks_zeroed:bigint blks_hit:bigint blks_read:bigint blks_written:bigint blks_exists:bigint flushes:bigint truncates:bigint
            stats_reset:timestamptz
        pg_stat_subscription: subid:oid subname pid:integer relid:oid received_lsn last_msg_send_time:timestamptz last_msg_receipt_time:timestamptz
            latest_end_lsn latest_end_time:timestamptz
        pg_stat_subscription_stats: subid:oid subname apply_error_count:bigint sync_error_count:bigint stats_reset:timestamptz
        pg_stat_user_functions: funcid:oid schemaname funcname calls:bigint total_time:double self_time:double
        pg_stat_wal: wal_records:bigint wal_fpi:bigint wal_bytes:numeric wal_buffers_full:bigint wal_write:bigint wal_sync:bigint wal_write_time:double
            wal_sync_time:double stats_reset:timestamptz
        pg_stat_wal_receiver: pid:integer status receive_start_lsn receive_start_tli:integer written_lsn flushed_lsn received_tli:integer
            last_msg_send_time:timestamptz last_msg_receipt_time:timestamptz latest_end_lsn latest_end_time:timestamptz slot_name sender_host
            sender_port:integer conninfo
        pg_stat_xact_all_tables: relid:oid schemaname relname seq_scan:bigint seq_tup_read:bigint idx_scan:bigint idx_tup_fetch:bigint n_tup_ins:bigint
            n_tup_upd:bigint n_tup_del:bigint n_tup_hot_upd:bigint
        pg_stat_xact_sys_tables: relid:oid schemaname relname seq_scan:bigint seq_tup_read:bigint idx_scan:bigint idx_tup_fetch:bigint n_tup_ins:bigint
            n_tup_upd:bigint n_tup_del:bigint n_tup_hot_upd:bigint
        pg_stat_xact_user_functions: funcid:oid schemaname funcname calls:bigint total_time:double self_time:double
        pg_stat_xact_user_tables: relid:oid schemaname relname seq_scan:bigint seq_tup_read:bigint idx_scan:bigint idx_tup_fetch:bigint n_tup_ins:bigint
            n_tup_upd:bigint n_tup_del:bigint n_tup_hot_upd:bigint
        pg_statio_all_sequences: relid:oid schemaname relname blks_read:bigint blks_hit:bigint
        pg_statio_sys_sequences: relid:oid schemaname relname blks_read:bigint blks_hit:bigint
        pg_statio_user_sequences: relid:oid schemaname relname blks_read:bigint blks_hit:bigint
        pg_statistic: starelid:oid staattnum:smallint stainherit:boolean stanullfrac:real stawidth:integer stadistinct:real stakind1:smallint stakind2:smallint
            stakind3:smallint stakind4:smallint stakind5:smallint staop1:oid staop2:oid staop3:oid staop4:oid staop5:oid stacoll1:oid stacoll2:oid stacoll3:oid
            stacoll4:oid stacoll5:oid stanumbers1:real[] stanumbers2:real[] stanumbers3:real[] stanumbers4:real[] stanumbers5:real[] stavalues1 stavalues2
            stavalues3 stavalues4 stavalues5
        pg_statistic_ext: oid:oid stxrelid:oid stxname stxnamespace:oid stxowner:oid stxstattarget:integer stxkeys:int2vector stxkind:text[] stxexprs
        pg_statistic_ext_data: stxoid:oid stxdinherit:boolean stxdndistinct stxddependencies stxdmcv stxdexpr:text[]
        pg_stats: schemaname tablename attname inherited:boolean null_frac:real avg_width:integer n_distinct:real most_common_vals most_common_freqs:real[]
            histogram_bounds correlation:real most_common_elems most_common_elem_freqs:real[] elem_count_histogram:real[]
        pg_stats_ext: schemaname tablename statistics_schemaname statistics_name statistics_owner attnames:name[] exprs:text[] kinds:text[] inherited:boolean
            n_distinct dependencies most_common_vals:text[] most_common_val_nulls:boolean[] most_common_freqs:double[] most_common_base_freqs:double[]
        pg_stats_ext_exprs: schemaname tablename statistics_schemaname statistics_name statistics_owner expr inherited:boolean null_frac:real avg_width:integer
            n_distinct:real most_common_vals most_common_freqs:real[] histogram_bounds correlation:real most_common_elems most_common_elem_freqs:real[]
            elem_count_histogram:real[]
        pg_subscription: oid:oid subdbid:oid subskiplsn subname subowner:oid subenabled:boolean subbinary:boolean substream:boolean subtwophasestate
            subdisableonerr:boolean subconninfo subslotname subsynccommit subpublications:text[]
        pg_subscription_rel: srsubid:oid srrelid:oid srsubstate srsublsn
        pg_timezone_abbrevs: abbrev utc_offset:interval is_dst:boolean
        pg_transform: oid:oid trftype:oid trflang:oid trffromsql:regproc trftosql:regproc
        pg_trigger: oid:oid tgrelid:oid tgparentid:oid tgname tgfoid:oid tgtype:smallint tgenabled tgisinternal:boolean tgconstrrelid:oid tgconstrindid:oid
            tgconstraint:oid tgdeferrable:boolean tginitdeferred:boolean tgnargs:smallint tgattr:int2vector tgargs:bytea tgqual tgoldtable tgnewtable
        pg_ts_config: oid:oid cfgname cfgnamespace:oid cfgowner:oid cfgparser:oid
        pg_ts_config_map: mapcfg:oid maptokentype:integer mapseqno:integer mapdict:oid
        pg_ts_dict: oid:oid dictname dictnamespace:oid dictowner:oid dicttemplate:oid dictinitoption
        pg_ts_parser: oid:oid prsname prsnamespace:oid prsstart:regproc prstoken:regproc prsend:regproc prsheadline:regproc prslextype:regproc
        pg_ts_template: oid:oid tmplname tmplnamespace:oid tmplinit:regproc tmpllexize:regproc
        pg_user_mapping: oid:oid umuser:oid umserver:oid umoptions:text[]
        pg_user_mappings: umid:oid srvid:oid srvname umuser:oid usename umoptions:text[]
        """;

    public static readonly ImmutableArray<MetadataTable> All = EmptyTable.ParseAll(Columns);
}
