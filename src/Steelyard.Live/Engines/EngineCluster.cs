using Steelyard.Histories;
using Steelyard.Live.Clocks;
using Steelyard.Live.Networks;
using Steelyard.Live.Processes;
using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines;

/// <summary>A cluster of an engine: its nodes are started, watched until they are ready, killed, started
/// again.</summary>
internal abstract class EngineCluster
{
    static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);

    static readonly TimeSpan s_toLeave = TimeSpan.FromSeconds(5);

    // A standby finds its primary in it where that is there.
    static readonly TimeSpan s_toFollow = TimeSpan.FromSeconds(1);

    readonly List<string> _troubles = [];
    readonly List<string> _notes = [];
    volatile EngineNode _primary;

    /// <summary>Prepares one of so many nodes.</summary>
    protected EngineCluster(ClusterPlace place, IReadOnlyList<string> names)
    {
        Place = place;
        Nodes = [.. names.Select((name, index) => new EngineNode(
            index, name, Path.Combine(place.Logs, $"{name}.log"))
        {
            IsElsewhere = place.Source.IsElsewhere,
        })];
        place.Network.ProcessesOf = node => Nodes[node].Processes;
        _primary = Nodes[0];
    }

    /// <summary>Its nodes, in order of index.</summary>
    public IReadOnlyList<EngineNode> Nodes { get; }

    /// <summary>The node that takes what is written, where one does and others follow it: the first, until
    /// another was promoted.</summary>
    public EngineNode CurrentPrimary => _primary;

    /// <summary>How nodes and clients reach one another.</summary>
    public ClusterNetwork Network => Place.Network;

    /// <summary>What went wrong when nodes were to come back, a line each.</summary>
    public IReadOnlyList<string> Troubles
    {
        get
        {
            lock (_troubles)
                return [.. _troubles];
        }
    }

    /// <summary>What is worth knowing of how nodes came back, a sentence each.</summary>
    public IReadOnlyList<string> Notes
    {
        get
        {
            lock (_notes)
                return [.. _notes];
        }
    }

    /// <summary>The run's processes and folder.</summary>
    public ProcessYard Yard => Place.Yard;

    /// <summary>Where it runs.</summary>
    protected ClusterPlace Place { get; }

    /// <summary>How long a node may take until it is ready.</summary>
    protected virtual TimeSpan ReadyWithin => TimeSpan.FromSeconds(Place.Source.IsElsewhere ? 5 : 30);

    /// <summary>The names of all places between which links can be cut, in order.</summary>
    public IReadOnlyList<string> Places =>
    [
        .. Nodes.Select(node => node.Name),
        .. Place.Source.IsElsewhere ? [ElsewhereNetwork.Clients] : Array.Empty<string>(),
    ];

    /// <summary>A node by its name.</summary>
    public EngineNode NodeOf(string name) => Nodes.First(node => node.Name == name);

    /// <summary>Starts all of it; it can be asked when this completes.</summary>
    /// <exception cref="LiveException">It does not get ready.</exception>
    public virtual async Task Start(CancellationToken cancellation)
    {
        foreach (var node in Nodes)
        {
            Prepare(node);
            Launch(node);
        }

        foreach (var node in Nodes)
            await UntilReady(node, cancellation);
        await Form(cancellation);
    }

    /// <summary>Meets one that runs elsewhere, and makes room for what is asked; it can be asked when this
    /// completes.</summary>
    /// <param name="note">What is written down of the room before it is made.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The version that it tells.</returns>
    /// <exception cref="UserMistakeException">It is not there, is no such engine, or refuses us.</exception>
    public async Task<string> Meet(RoomNote note, CancellationToken cancellation)
    {
        try
        {
            foreach (var node in Nodes)
            {
                await Knock(note.Engine, Place.Source.Addresses[node.Index], cancellation);
                await Until(
                    $"{note.Engine} to answer at {Place.Source.Addresses[node.Index]}",
                    stop => IsReady(node, stop), node, cancellation);
            }

            note.Write();
            await Settle(Room, cancellation);
            return await TellVersion(cancellation);
        }
        catch (LiveException silent)
        {
            throw new UserMistakeException($"--at: {silent.Message}");
        }
        catch (Exception refusal) when (EngineTroubles.Is(refusal) && !cancellation.IsCancellationRequested)
        {
            throw new UserMistakeException(
                $"--at: expected room for {Room} at {Place.Source.Addresses[0]}, found:"
                + $" {EngineTroubles.Words(refusal)}");
        }
    }

    // What we ask over our own proxies does not tell whether anybody listens.
    static async Task Knock(string engine, EngineAddress address, CancellationToken cancellation)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(s_toLeave);
        try
        {
            using var open = await EngineConnections.Open(address.Resolve(), time.Token);
        }
        catch (Exception nobody) when (EngineTroubles.Is(nobody) && !cancellation.IsCancellationRequested)
        {
            throw new LiveException(
                $"expected {engine} at {address}, found {EngineTroubles.Words(nobody)}");
        }
    }

    /// <summary>Takes away all that a run has made elsewhere, and what was written down of it.</summary>
    public async Task TakeAway(RoomNote note, CancellationToken cancellation)
    {
        await Clear(note.Room, cancellation);
        note.Remove();
    }

    /// <summary>Takes away what runs that were killed have left here, as far as it is written down.</summary>
    /// <returns>A line each: that it is gone, or why it is not.</returns>
    public async Task<IReadOnlyList<string>> TakeAwayWhatOthersLeft(string engine)
    {
        var told = new List<string>();
        foreach (var left in RoomNote.Abandoned().Where(note => note.IsAt(engine, Place.Source.Addresses)))
            told.Add(
                $"What {left.Room}, a run that was killed, had left there "
                + (await WhyNotTakenAway(left) is { } why ? $"is still there: {why}." : "was taken away."));
        return told;
    }

    /// <summary>Takes away all that was made elsewhere. What goes wrong with that is told.</summary>
    public async Task Leave(RoomNote note)
    {
        if (await WhyNotTakenAway(note) is { } why)
            Tell($"what begins with {note.Room} may still be at {note.Addresses[0]}: {why}");
    }

    async Task<string?> WhyNotTakenAway(RoomNote note)
    {
        using var time = new CancellationTokenSource(s_toLeave);
        try
        {
            await TakeAway(note, time.Token);
            return null;
        }
        catch (Exception failure) when (EngineTroubles.Is(failure))
        {
            return EngineTroubles.Words(failure);
        }
    }

    /// <summary>Starts a node that was killed or stopped, unless another has taken its place, since it would
    /// be a second primary, or it belongs to the cluster no more. What goes wrong with that is
    /// told.</summary>
    public void StartAgain(EngineNode node)
    {
        lock (node.Turn)
        {
            if (node.IsRunning || node.StaysDown)
                return;
            node.Kill();
            try
            {
                Launch(node);
            }
            catch (LiveException failure)
            {
                Tell($"{node.Name} did not come back: {failure.Message}");
            }
        }
    }

    /// <summary>Starts a node that ended by itself, as whoever looks after it would; one that is killed
    /// stays down.</summary>
    public void Revive(EngineNode node)
    {
        lock (node.Turn)
        {
            if (node.HasDied)
                StartAgain(node);
        }
    }

    /// <summary>Tells what went wrong when nodes were to come back.</summary>
    public void Tell(string trouble)
    {
        lock (_troubles)
            _troubles.Add(trouble);
    }

    /// <summary>Notes how a node came back.</summary>
    protected void Note(string sentence)
    {
        lock (_notes)
            _notes.Add(sentence);
    }

    /// <summary>Waits until a node that was started again has its place in the cluster; at once where it was
    /// not to be started.</summary>
    /// <exception cref="LiveException">It has not in time.</exception>
    public Task UntilBack(EngineNode node, CancellationToken cancellation) =>
        node.StaysDown
            ? Task.CompletedTask
            : Until($"{node.Name} to be back", stop => IsBack(node, stop), node, cancellation);

    /// <summary>Kills the primary for good, and lets another node take its place; clients are sent there as
    /// soon as it has.</summary>
    /// <returns>Whether it came to that: the one was the primary, and the other is up.</returns>
    public async Task<bool> FailOver(EngineNode from, EngineNode to)
    {
        if (from != CurrentPrimary || to == from || !to.IsRunning)
            return false;
        from.StaysDown = true;
        from.Kill();
        await Promote(to, CancellationToken.None);
        _primary = to;
        try
        {
            await Regroup();
        }
        catch (LiveException failure)
        {
            Tell($"not all follow {to.Name} after the failover: {failure.Message}");
        }

        return true;
    }

    /// <summary>Lets the others follow a primary that has just been promoted, where whoever promotes does
    /// that.</summary>
    protected virtual Task Regroup() => Task.CompletedTask;

    /// <summary>Lets those follow the primary that are up and follow nobody.</summary>
    protected async Task GatherLost()
    {
        foreach (var other in Nodes.Where(
            other => other != CurrentPrimary && other.Status == NodeStatus.Up))
            if (!await FollowsSomebody(other))
                await Rejoin(other);
    }

    /// <summary>Brings a primary that was given up back, as a standby of the new one, and with it those that
    /// had followed it and follow nobody now. What goes wrong with that is told.</summary>
    public async Task ComeBack(EngineNode node)
    {
        try
        {
            await Rejoin(node);
            await GatherLost();
        }
        catch (LiveException failure)
        {
            Tell($"{node.Name} did not come back after the failover: {failure.Message}");
        }
    }

    async Task<bool> FollowsSomebody(EngineNode node)
    {
        using var time = new CancellationTokenSource(s_toFollow);
        try
        {
            await UntilBack(node, time.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    async Task Rejoin(EngineNode node)
    {
        node.Stop();
        node.Kill();
        await Follow(node, CancellationToken.None);
        Launch(node);
        await UntilBack(node, CancellationToken.None);
    }

    /// <summary>Changes the cluster by one server, as an operator does it.</summary>
    public virtual Task<MembershipOutcome> Change(
        MembershipChangeKind kind, EngineNode node, CancellationToken cancellation) =>
        throw new NotSupportedException($"{node.Name} belongs to a cluster that cannot be changed");

    /// <summary>Stops a node in good order.</summary>
    /// <returns>Whether it was up.</returns>
    public virtual bool Stop(EngineNode node) => node.Stop();

    /// <summary>The node that leads now; null where none does, or nobody can tell.</summary>
    public virtual Task<EngineNode?> Leader() => Task.FromResult<EngineNode?>(null);

    /// <summary>How far a node's clock is ahead of ours; null where nobody can tell.</summary>
    public virtual Task<ClockLead?> LeadOfClock(EngineNode node, CancellationToken cancellation) =>
        Task.FromResult<ClockLead?>(null);

    /// <summary>Makes a standby the primary; completes when it is.</summary>
    public virtual Task Promote(EngineNode standby, CancellationToken cancellation) =>
        throw new NotSupportedException($"{standby.Name} is no standby");

    /// <summary>The file of a program.</summary>
    /// <exception cref="LiveException">It is not there.</exception>
    protected string FileOf(EngineProgram program) => Place.Source.FileOf(program);

    /// <summary>Whether it runs elsewhere, and is not ours.</summary>
    public bool IsElsewhere => Place.Source.IsElsewhere;

    /// <summary>What all tables or keys of the run begin with, or stand in, elsewhere.</summary>
    public string Room => Place.Yard.Name;

    /// <summary>Makes room elsewhere for what is asked.</summary>
    protected virtual Task Settle(string room, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Takes the room away, with all that is in it.</summary>
    protected virtual Task Clear(string room, CancellationToken cancellation) =>
        throw new NotSupportedException("nothing of it runs elsewhere");

    /// <summary>The version that an engine elsewhere tells, in its own words.</summary>
    protected virtual Task<string> TellVersion(CancellationToken cancellation) =>
        throw new NotSupportedException("nothing of it runs elsewhere");

    /// <summary>Prepares a node that is down to follow the primary when it is started.</summary>
    protected virtual Task Follow(EngineNode node, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Whether a node that was started again has its place in the cluster: it can be asked, and
    /// follows where it is to follow somebody.</summary>
    protected virtual Task<bool> IsBack(EngineNode node, CancellationToken cancellation) =>
        IsReady(node, cancellation);

    /// <summary>Where all files of a node are.</summary>
    protected string FolderOf(EngineNode node) => Path.Combine(Place.Yard.Folder, node.Name);

    /// <summary>Makes what a node needs before its first start.</summary>
    protected virtual void Prepare(EngineNode node)
    {
    }

    /// <summary>What a node runs, the first time and again.</summary>
    protected abstract IReadOnlyList<EngineCommand> CommandsOf(EngineNode node);

    /// <summary>Whether a node can be asked.</summary>
    protected abstract Task<bool> IsReady(EngineNode node, CancellationToken cancellation);

    /// <summary>Makes one cluster of nodes that are ready.</summary>
    protected virtual Task Form(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Starts a node's processes; it does not stay down any more.</summary>
    protected void Launch(EngineNode node)
    {
        lock (node.Turn)
        {
            node.StaysDown = false;
            node.Runs(
                [.. CommandsOf(node).Select(
                    command => Place.Yard.Start(
                        node.Clock?.Wrap(command) ?? command, node.Log, Network.Within(node.Index)))]);
        }
    }

    /// <summary>Waits until something of the cluster holds.</summary>
    /// <param name="what">What it is, as in: expected … within 30 s.</param>
    /// <param name="holds">Looks at it; what it throws is no.</param>
    /// <param name="node">The node whose log tells why not; null is all of them.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="LiveException">It does not hold in time.</exception>
    protected async Task Until(
        string what, Func<CancellationToken, Task<bool>> holds, EngineNode? node,
        CancellationToken cancellation)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(ReadyWithin);
        var why = "";
        while (!time.IsCancellationRequested)
        {
            if (node is { IsRunning: false })
                throw new LiveException(
                    $"expected {what}, found that its process ended with {node.ExitCode}:"
                    + $" {node.LastWords()}");
            try
            {
                if (await holds(time.Token))
                    return;
                await Task.Delay(s_look, time.Token);
            }
            catch (Exception failure) when (failure is not LiveException)
            {
                // That the time is over says less than what came before.
                if (why.Length == 0 || !time.IsCancellationRequested)
                    why = EngineTroubles.Words(failure);
                await Task.WhenAny(Task.Delay(s_look, CancellationToken.None));
            }
        }

        cancellation.ThrowIfCancellationRequested();
        throw new LiveException(
            $"expected {what} within {ReadyWithin.TotalSeconds:0} s, found "
            + (Place.Source.IsElsewhere
                ? why.Length > 0 ? why : "no answer of that kind"
                : $"that it is not{(why.Length > 0 ? $" ({why})" : "")}: {(node ?? Nodes[0]).LastWords()}"));
    }

    /// <summary>Waits until a node can be asked.</summary>
    protected Task UntilReady(EngineNode node, CancellationToken cancellation) =>
        Until($"{node.Name} to be ready", stop => IsReady(node, stop), node, cancellation);
}
