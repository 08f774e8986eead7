package io.dcssync.ledger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dcssync.config.AlertKind;
import io.dcssync.config.ChannelSettings;
import io.dcssync.config.SyncSettings;
import io.dcssync.config.ValueType;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What every statement of the ledger may have to know beside the facts of a pass: who we are, and how the configuration
 * wants leases, missing tasks and alerts. Immutable.
 */
public final class LedgerFacts {

    private final Map<String, Object> common;

    /**
     * @param node this process, as it stands in the runs
     * @param version version of this program
     */
    public LedgerFacts(SyncSettings sync, List<ChannelSettings> channels, String node, String version) {
        ArrayNode policies = JsonNodeFactory.instance.arrayNode();
        for (ChannelSettings channel : channels) {
            ObjectNode policy = policies.addObject().put("channel", channel.name());
            channel.on().stream()
                    // that its incident is resolved says it already
                    .filter(kind -> kind != AlertKind.RECOVERED || !channel.keepsIncidents())
                    .sorted()
                    .map(ValueType::written)
                    .forEach(policy.putArray("kinds")::add);
            policy.put("first_sync", ValueType.written(channel.firstSync())).put("digest_above", channel.digestAbove());
        }
        common = Map.of(
                "node", node,
                "version", version,
                "leaseSeconds", seconds(sync.lease()),
                "missingAfter", sync.missingAfter(),
                "maxMissingShare", sync.maxMissingShare(),
                "stuckAfterSeconds", seconds(sync.stuckAfter()),
                "failingAfter", sync.failingAfter(),
                "policies", policies.toString());
    }

    /** Returns these facts and ours together, as the parameters of a statement. */
    public Map<String, Object> with(Map<String, Object> facts) {
        Map<String, Object> all = new HashMap<>(common);
        all.putAll(facts);
        return all;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
