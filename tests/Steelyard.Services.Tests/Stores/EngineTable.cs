using Steelyard.Services.Stores;
using Steelyard.Services.Stores.Engine;

namespace Steelyard.Services.Tests.Stores;

/// <summary>An engine by itself, on which a commit is seen at once, or when it is shown: a log takes its time
/// with it.</summary>
internal sealed class EngineTable(StoreIsolation isolation, bool seesLater = false)
{
    readonly Queue<EngineTransaction> _installed = [];
    readonly bool _seesLater = seesLater;
    long _commits;

    public StoreEngine Engine { get; } = new();

    /// <summary>With these keys in it, each of the value 0.</summary>
    public static EngineTable With(StoreIsolation isolation, params string[] keys)
    {
        var table = new EngineTable(isolation);
        var first = table.Begin();
        foreach (var key in keys)
            _ = first.Put(key, "0");
        Assert.Equal(StoreError.None, first.Commit());
        return table;
    }

    public Session Begin() => new(this, Engine.Begin(isolation));

    /// <summary>Shows the oldest commit that is not seen; false when there is none.</summary>
    public bool ShowNext()
    {
        if (!_installed.TryDequeue(out var oldest))
            return false;
        Engine.Show(oldest.Number);
        Engine.End(oldest, StoreError.None);
        return true;
    }

    /// <summary>A value as a later transaction reads it.</summary>
    public string? Now(string key)
    {
        var reader = Begin();
        var value = reader.Get(key);
        reader.Rollback();
        return value;
    }

    internal sealed class Session(EngineTable table, EngineTransaction transaction)
    {
        public EngineTransaction Transaction => transaction;

        public string? Get(string key) => table.Engine.Get(transaction, key);

        public string Scan(string prefix) => string.Join(' ', table.Engine
            .Scan(transaction, KeyRange.Prefix(prefix)).Select(pair => $"{pair.Key}={pair.Value}"));

        public Task<StoreError> Put(string key, string? value) => table.Engine.Write(transaction, key, value);

        public Task<StoreError> Lock(string key) => table.Engine.Lock(transaction, key);

        public void Rollback()
        {
            if (!table._installed.Contains(transaction))
                table.Engine.End(transaction, StoreError.Unavailable);
        }

        public StoreError Commit()
        {
            if (table.Engine.Validate(transaction) is not StoreError.None and var refusal)
                return refusal;
            if (transaction.Writes.Count == 0)
            {
                table.Engine.Install(transaction, 0);
                table.Engine.End(transaction, StoreError.None);
                return StoreError.None;
            }

            table.Engine.Install(transaction, ++table._commits);
            table._installed.Enqueue(transaction);
            if (!table._seesLater)
                table.ShowNext();
            return StoreError.None;
        }
    }
}
