using Steelyard.Simulation.Endpoints;
using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Simulation.Faults;

/// <summary>
/// An operator who changes a cluster, server by server: asks whoever believes to lead, and asks again until
/// it is done, since leaders fall and changes are lost with them.
/// </summary>
internal sealed class MembershipOperator(
    SimulatedRun run, TimerTable timers, MembershipChangeKind kind, IEnumerable<NodeId> servers,
    EffectMark effect)
{
    static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(250);

    readonly Queue<NodeId> _left = new(servers);
    bool _isOver;

    /// <summary>Begins to ask.</summary>
    public void Ask()
    {
        if (_isOver || _left.Count == 0)
            return;
        var change = new MembershipChange(kind, _left.Peek());
        foreach (var node in run.Nodes)
            if (_left.TryPeek(out var server) && server == change.Server)
                AskOne(node, change);
        timers.Set(AskAgain, () => Ask());
    }

    /// <summary>Asks no more.</summary>
    public void GiveUp() => _isOver = true;

    void AskOne(NodeHost node, MembershipChange change)
    {
        var isAnswered = false;
        node.AskToChange(change, outcome =>
        {
            isAnswered = true;
            Answered(change, outcome);
        });
        // Whoever does not answer at once has begun with it.
        if (!isAnswered && node.IsLeader)
            effect.Set();
    }

    void Answered(MembershipChange change, MembershipOutcome outcome)
    {
        // What would change nothing was done already, perhaps by a leader that fell before it could say so.
        if (outcome is not (MembershipOutcome.Done or MembershipOutcome.Unfit)
            || !_left.TryPeek(out var server) || server != change.Server)
            return;
        if (outcome == MembershipOutcome.Done)
            effect.Set();
        _left.Dequeue();
    }
}
