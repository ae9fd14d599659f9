using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Worlds.Tests.Load;

/// <summary>The least world that a load can be driven in: time that jumps from one thing to the next, and
/// clients that do what a test says.</summary>
internal sealed class OneServer : ILoadWorld
{
    readonly PriorityQueue<(long Number, Action Action), (long TimeNs, long Number)> _due = new();
    readonly HashSet<long> _cancelled = [];
    readonly Queue<Action> _posted = new();
    readonly Func<OneServer, IClient> _client;
    readonly int _most;
    long _numbers;

    public OneServer(
        OfferedLoad load, Func<OneServer, IClient> client, IOperationRecorder? recorder = null, int nodes = 1)
    {
        Nodes = [.. Enumerable.Range(0, nodes).Select(node => new NodeId(node))];
        _client = client;
        _most = load.MostClients;
        Recorder = recorder ?? new HistoryBuilder();
        Driver = new(load, new(1), this);
    }

    public LoadDriver Driver { get; }

    public long NowNs { get; private set; }

    public IOperationRecorder Recorder { get; }

    public IReadOnlyList<NodeId> Nodes { get; }

    public List<int> Clients { get; } = [];

    public List<int> GivenUp { get; } = [];

    public string NameOf(NodeId node) => $"n{node.Index + 1}";

    public ILoadClient AddClient(int index)
    {
        Clients.Add(index);
        return new Place(this, index);
    }

    public TimerId At(long timeNs, Action action)
    {
        _due.Enqueue((++_numbers, action), (Math.Max(timeNs, NowNs), _numbers));
        return new(_numbers);
    }

    public void Cancel(TimerId timer) => _cancelled.Add(timer.Number);

    public void Post(Action action) => _posted.Enqueue(action);

    public void BeginFaults()
    {
    }

    public void HealAll()
    {
    }

    public void GivesUp(IReadOnlyList<int> operations, IReadOnlyList<int> processes) =>
        GivenUp.AddRange(operations);

    /// <summary>A task that completes after a while; its continuations run there.</summary>
    public ValueTask Delay(TimeSpan time)
    {
        var source = new TaskCompletionSource();
        At(NowNs + (time.Ticks * 100), source.SetResult);
        return new(source.Task);
    }

    /// <summary>Drives the load to its end, or up to a time.</summary>
    public History Run(TimeSpan? until = null)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            Driver.Begin();
            while (!Driver.IsOver && _due.TryDequeue(out var next, out var at)
                && at.TimeNs < (until?.Ticks ?? long.MaxValue / 100) * 100)
            {
                NowNs = at.TimeNs;
                if (!_cancelled.Remove(next.Number))
                    next.Action();
                while (_posted.TryDequeue(out var posted))
                    posted();
            }

            Driver.Stop();
            return Recorder.Build();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    sealed class Place(OneServer world, int index) : ILoadClient
    {
        IClient? _client;

        public NodeId Home { get; } = world.Nodes[index % world.Nodes.Count];

        public int Process { get; private set; } = index;

        public IClient Client => _client ??= world._client(world);

        public void Retire()
        {
            Process += world._most;
            _client = null;
        }

        public void Failed(Exception failure)
        {
        }
    }
}
