using Steelyard.Histories;
using Steelyard.Services.Stores;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Tests.Stores;

/// <summary>Clients that run transactions of reads and appends, or of reads and writes, on an engine, one
/// step of one client after the other as a seed says: what they saw, as a history. By every other seed, what
/// is committed is seen some time later.</summary>
internal sealed class RandomStoreHistories
{
    const int Clients = 6;
    const int Transactions = 150;

    readonly HistoryBuilder _history = new();
    readonly SeededRandom _random;
    readonly EngineTable _table;
    readonly string _write;
    readonly Client[] _clients;
    int _begun;
    int _time;

    RandomStoreHistories(StoreIsolation isolation, string write, ulong seed)
    {
        _table = new(isolation, seesLater: seed % 2 == 0);
        _write = write;
        _random = new(new Seed(seed), "test");
        _clients = [.. Enumerable.Range(0, Clients).Select(process => new Client(process))];
    }

    /// <summary>Lists: each append adds a number to what was read.</summary>
    public static History OfLists(StoreIsolation isolation, ulong seed) =>
        new RandomStoreHistories(isolation, "append", seed).Run();

    /// <summary>Registers: each write is of another number.</summary>
    public static History OfRegisters(StoreIsolation isolation, ulong seed) =>
        new RandomStoreHistories(isolation, "w", seed).Run();

    History Run()
    {
        while (_begun < Transactions || _clients.Any(client => client.Session is not null))
        {
            var able = _clients.Where(client => client.Session is null
                ? _begun < Transactions
                : client.Waits is null || client.Waits.IsCompleted).ToList();
            if (able.Count > 0 && _random.Chance(0.7))
                Step(_random.Choose(able));
            else
                Assert.True(_table.ShowNext() || able.Count > 0, "all wait, and nobody goes on");
        }

        return _history.Build();
    }

    void Step(Client client)
    {
        if (client.Session is null)
            Begin(client);
        else if (client.Waits is { IsCompleted: true, Result: not StoreError.None })
            End(client, Outcome.Fail);
        else if (client.Done.Count < client.Steps.Count)
            Next(client, client.Steps[client.Done.Count].AsList);
        else
            End(client, client.Session.Commit() == StoreError.None ? Outcome.Ok : Outcome.Fail);
    }

    void Begin(Client client)
    {
        var steps = Enumerable.Range(0, _random.Next(1, 5)).Select(place => _random.Chance(0.5)
            ? Value.List("r", Key(), Value.Nil)
            : Value.List(_write, Key(), (_begun * 10) + place));
        client.Begin([.. steps], _table.Begin());
        _begun++;
        client.Operation = _history.Invoke(
            client.Process, Functions.Txn, Value.Nil, Value.List([.. client.Steps]), ++_time);
    }

    Value Key() => "xyz"[_random.Next(3)].ToString();

    void Next(Client client, ReadOnlySpan<Value> step)
    {
        var (session, key) = (client.Session!, step[1].AsText);
        var text = session.Get(key);
        client.Waits = null;
        if (step[0].AsText == "r")
        {
            client.Done.Add(Value.List("r", key, Read(text)));
            return;
        }

        var written = step[2].ToString();
        client.Done.Add(Value.List(_write, key, step[2]));
        client.Waits = session.Put(key, text is null || _write == "w" ? written : $"{text},{written}");
    }

    Value Read(string? text) => text is null ? Value.Nil
        : _write == "w" ? Number(text)
        : Value.List([.. text.Split(',').Select(Number)]);

    static Value Number(string text) => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    void End(Client client, Outcome outcome)
    {
        client.Session!.Rollback();
        client.Session = null;
        client.Waits = null;
        var output = outcome == Outcome.Ok ? Value.List([.. client.Done]) : Value.Nil;
        _history.Complete(client.Operation, outcome, output, ++_time);
    }

    sealed class Client(int process)
    {
        public int Process => process;

        public int Operation { get; set; }

        public IReadOnlyList<Value> Steps { get; private set; } = [];

        public List<Value> Done { get; } = [];

        public EngineTable.Session? Session { get; set; }

        public Task<StoreError>? Waits { get; set; }

        public void Begin(IReadOnlyList<Value> steps, EngineTable.Session session)
        {
            Steps = steps;
            Session = session;
            Done.Clear();
        }
    }
}
