using Steelyard.Histories;
using Steelyard.Services.Databases;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Tests.Databases;

/// <summary>A host with a database and nothing else; each of its lives runs what a test says.</summary>
internal sealed class DatabaseHost
{
    readonly List<string> _stops = [];

    /// <summary>Why its lives ended by themselves.</summary>
    public IReadOnlyList<string> Stops => _stops;

    /// <summary>How long a sync of its disk takes.</summary>
    public static TimeSpan SyncTime { get; } = Ms(1);

    /// <summary>Runs it for ten seconds.</summary>
    /// <param name="life">What a life does, given its number from 1 up, a little after its begin.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="faults">What breaks.</param>
    public static DatabaseHost Run(
        Action<int, DatabaseLife> life, ulong seed = 1, params IReadOnlyList<Fault> faults)
    {
        var lives = 0;
        var all = new List<DatabaseLife>();
        var scenario = new Scenario
        {
            Design = "database",
            Summary = "a test",
            Cluster = Topology.Of(("here", 1)) with { SyncTime = new ConstantLatency(SyncTime) },
            Deployment = new SimulatedDeployment
            {
                CreateNode = world => new Node(() =>
                {
                    var number = ++lives;
                    var here = new DatabaseLife(world);
                    all.Add(here);
                    // Opening has to be durable itself.
                    world.SetTimer(Ms(10), () => life(number, here));
                }),
                CreateClient = _ => new Silent(),
            },
            Load = new()
            {
                CreateWorkload = () => new Nothing(),
                Clients = 1,
                RatePerSecond = 1,
                Duration = TimeSpan.FromSeconds(10),
            },
        };
        var run = new SimulatedWorld().Execute(scenario, new(faults), new(seed), RunControl.None);
        all.ForEach(one => one.Dispose());
        var host = new DatabaseHost();
        host._stops.AddRange(run.History.Faults.Where(fault => fault.Kind == FaultEvent.Stopped)
            .Select(fault => fault.Description));
        return host;
    }

    /// <summary>Milliseconds.</summary>
    public static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    /// <summary>A crash of it at a time, half a second long.</summary>
    public static CrashFault Crash(double atMs, CrashLoss loses = CrashLoss.Memory, bool torn = false) =>
        new() { At = Ms(atMs), For = Ms(500), Nodes = ["n1"], Loses = loses, Torn = torn };

    /// <summary>A trouble of its disk.</summary>
    public static DiskFault Trouble(DiskTrouble trouble, double atMs, double? forMs = null) =>
        new()
        {
            At = Ms(atMs), For = forMs is { } lasts ? Ms(lasts) : null, Nodes = ["n1"], Trouble = trouble,
        };

    sealed class Node(Action start) : INode
    {
        public void Start() => start();

        public void Receive(NodeId from, Message message)
        {
        }
    }

    sealed class Silent : IClient
    {
        public ValueTask<Completion> Invoke(Invocation invocation) => new(Completion.Ok(Value.Nil));
    }

    sealed class Nothing : IWorkload
    {
        public Invocation Next(in Turn turn) => new("nothing", Value.Nil, Value.Nil);

        public IEnumerable<Invocation> FinalReads(Turn turn) => [];
    }
}

/// <summary>One life of such a host.</summary>
internal sealed class DatabaseLife(INodeWorld world) : IDisposable
{
    DatabaseSession? _session;

    /// <summary>Its database.</summary>
    public DiskDatabase Database { get; } = new(world, () => { });

    /// <summary>Runs a text in its own session.</summary>
    /// <returns>The answer, and what ends when it is durable.</returns>
    public (DatabaseAnswer Answer, Task Saved) Ask(string sql)
    {
        Assert.False(Database.IsBusy, "something is still on its way to the disk");
        _session ??= Database.Open();
        var answer = _session.Execute(new(DatabaseRequestKind.Execute, sql, []));
        return (Assert.IsType<DatabaseAnswer>(answer), Database.Saved());
    }

    /// <summary>Runs a text that must succeed.</summary>
    public void Do(string sql) => _ = Begin(sql);

    /// <summary>The same.</summary>
    /// <returns>What ends when it is durable.</returns>
    public Task Begin(string sql)
    {
        var (answer, saved) = Ask(sql);
        Assert.Null(answer.Error);
        return saved;
    }

    /// <summary>Saves what sessions of others committed.</summary>
    public void Save() => _ = Database.Saved();

    /// <summary>What a text selects: one value, or the error in its place.</summary>
    public object? Find(string sql)
    {
        var answer = Ask(sql).Answer;
        return answer.Error ?? (answer.Rows.Count == 0 ? null : answer.Rows[0][0]);
    }

    /// <summary>The same, on a connection that has read nothing yet.</summary>
    public object? FindAnew(string sql)
    {
        _session?.Dispose();
        _session = null;
        using var fresh = Database.Open();
        var answer = Assert.IsType<DatabaseAnswer>(fresh.Execute(new(DatabaseRequestKind.Execute, sql, [])));
        return answer.Error ?? answer.Rows[0][0];
    }

    /// <summary>Runs something later in this life.</summary>
    public void After(double ms, Action act) => world.SetTimer(DatabaseHost.Ms(ms), act);

    /// <summary>The host's wall clock.</summary>
    public DateTimeOffset Now => world.Clock.GetUtcNow();

    /// <summary>Bytes of a file on its disk.</summary>
    public int Bytes(string file) => world.Disk.Read(file)?.Length ?? 0;

    /// <inheritdoc/>
    public void Dispose() => Database.Dispose();
}
