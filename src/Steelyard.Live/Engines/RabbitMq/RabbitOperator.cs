namespace Steelyard.Live.Engines.RabbitMq;

/// <summary>What an operator asks a node of RabbitMQ: what <c>rabbitmqctl</c> and <c>rabbitmq-queues</c> ask,
/// without the seconds that these take to start.</summary>
/// <remarks>Each throws <see cref="LiveException"/> where the node does not answer.</remarks>
/// <param name="cluster">The cluster.</param>
/// <param name="asked">The node that is asked.</param>
internal sealed class RabbitOperator(RabbitCluster cluster, EngineNode asked)
{
    const string Queues = "rabbit_amqqueue:list()";

    // Of a quorum queue a name and a node, of a classic one the process of its master.
    const string LeaderOf = "case amqqueue:get_pid(Q) of {_, Leader} -> Leader; Pid -> node(Pid) end";

    /// <summary>Whether a node belongs to the cluster, up or not.</summary>
    public bool Knows(EngineNode node) =>
        Holds($"lists:member({Atom(node)}, rabbit_mnesia:cluster_nodes(all))");

    /// <summary>Whether all nodes of the cluster are up, as the asked one sees it.</summary>
    public bool SeesUp(EngineNode node) => Holds($"lists:member({Atom(node)}, rabbit_nodes:all_running())");

    /// <summary>Whether a queue had no majority without a node, or no mirror that has everything
    /// (<c>check_if_node_is_quorum_critical</c>, <c>check_if_node_is_mirror_sync_critical</c>).</summary>
    public bool IsCritical(EngineNode node) => new RabbitOperator(cluster, node).Holds(
        "rabbit_quorum_queue:list_with_minimum_quorum() =/= [] orelse"
        + " rabbit_amqqueue:list_local_mirrored_classic_without_synchronised_mirrors() =/= []");

    /// <summary>Whether a node has all queues, as a replica or as a mirror that has everything.</summary>
    public bool HasQueues(EngineNode node) => Holds(
        cluster.IsQuorum
            ? $"lists:all(fun(Q) -> lists:member({Atom(node)}, rabbit_quorum_queue:get_replicas(Q)) end,"
                + $" {Queues})"
            : $"lists:all(fun(Q) -> lists:any(fun(P) -> node(P) =:= {Atom(node)} end,"
                + $" [amqqueue:get_pid(Q) | amqqueue:get_sync_slave_pids(Q)]) end, {Queues})");

    /// <summary>Whether a node leads all queues, or has their masters.</summary>
    public bool LeadsQueues(EngineNode node) =>
        Holds($"lists:all(fun(Q) -> {LeaderOf} =:= {Atom(node)} end, {Queues})");

    /// <summary>Lets another node lead all queues that a node leads.</summary>
    /// <returns>Whether there were any.</returns>
    public bool HandOver(EngineNode from, EngineNode to)
    {
        var move = cluster.IsQuorum
            ? "rabbit_quorum_queue:transfer_leadership"
            : "rabbit_mirror_queue_misc:migrate_leadership_to_existing_replica";
        return Holds(
            $"Led = [Q || Q <- {Queues}, {LeaderOf} =:= {Atom(from)}],"
            + $" [{move}(Q, {Atom(to)}) || Q <- Led], Led =/= []");
    }

    /// <summary>Takes the replicas that a node has from it; mirrors go with their node.</summary>
    /// <returns>Whether it has none now.</returns>
    public bool TakeQueues(EngineNode node) => !cluster.IsQuorum || Holds(
        $"lists:all(fun({{_, Told}}) -> element(1, Told) =:= ok end,"
        + $" rabbit_quorum_queue:shrink_all({Atom(node)}))");

    /// <summary>Gives a node a replica of each queue that has none there; mirrors come by their
    /// policy.</summary>
    /// <returns>Whether none was refused.</returns>
    public bool GiveQueues(EngineNode node) => !cluster.IsQuorum || Holds(
        $"lists:all(fun({{_, Told}}) -> element(1, Told) =:= ok end,"
        + $" rabbit_quorum_queue:grow({Atom(node)}, <<\".*\">>, <<\".*\">>, all))");

    /// <summary>Lets the cluster forget a node that is down.</summary>
    /// <returns>Whether it did.</returns>
    public bool Forget(EngineNode node) =>
        Holds($"rabbit_mnesia:forget_cluster_node({Atom(node)}, false) =:= ok");

    /// <summary>How far the logs of quorum queues are committed now, as Erlang writes it; of mirrors, who
    /// count only once they have everything, nothing is told.</summary>
    public string Committed() => cluster.IsQuorum ? Told(CommittedAt("_")) : "{}";

    /// <summary>Whether a node has its queues' logs as far.</summary>
    /// <param name="node">The node.</param>
    /// <param name="committed">What <see cref="Committed"/> told.</param>
    public bool HasReached(EngineNode node, string committed) => !cluster.IsQuorum || Holds(
        $"lists:all(fun({{Now, Then}}) -> Now >= Then end, lists:zip("
        + $"tuple_to_list({CommittedAt(Atom(node))}), tuple_to_list({committed})))");

    // A tuple, since Erlang takes a list of small numbers for text.
    static string CommittedAt(string node) =>
        "list_to_tuple([lists:max([0] ++ [Index || Row <- rabbit_quorum_queue:status(<<\"/\">>,"
        + $" element(4, amqqueue:get_name(Q))), {node} <- [proplists:get_value(<<\"Node Name\">>, Row)],"
        + " Index <- [proplists:get_value(<<\"Commit Index\">>, Row)], is_integer(Index)])"
        + $" || Q <- {Queues}])";

    bool Holds(string expression) => Told(expression) switch
    {
        "true" => true,
        "false" => false,
        var told => throw new LiveException($"expected true or false of {asked.Name}, found {told}"),
    };

    string Told(string expression)
    {
        const string Answer = "{ok, ";
        var told = cluster.Evaluate(asked, $"{expression}.").Trim();
        return told.StartsWith(Answer, StringComparison.Ordinal)
            ? told[Answer.Length..^1]
            : throw new LiveException($"{asked.Name} told {told}");
    }

    string Atom(EngineNode node) => $"'{cluster.ErlangNameOf(node)}'";
}
