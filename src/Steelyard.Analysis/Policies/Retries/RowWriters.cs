namespace Steelyard.Analysis.Policies.Retries;

/// <summary>One run of <see cref="Contention"/>: messages between clients and the row, in order of
/// time.</summary>
internal sealed class RowWriters(Contention contention, Func<double> random)
{
    readonly PriorityQueue<Letter, double> _onTheWay = new();
    readonly double[] _waits = FirstWaits(contention);
    readonly int[] _failures = new int[contention.Clients];
    long _version;
    long _writes;
    double _now;

    enum Kind
    {
        Read,
        Version,
        Write,
        Failed,
        Written,
    }

    public ContentionRun Run()
    {
        for (var client = 0; client < contention.Clients; client++)
            Send(new(Kind.Read, client, 0));
        while (_onTheWay.TryDequeue(out var letter, out var now))
        {
            _now = now;
            Take(letter);
        }

        return new(_writes, _now);
    }

    void Take(Letter letter)
    {
        switch (letter.Kind)
        {
            case Kind.Read:
                Send(letter with { Kind = Kind.Version, Version = _version });
                break;
            case Kind.Version:
                Send(letter with { Kind = Kind.Write });
                break;
            case Kind.Write:
                Send(letter with { Kind = Write(letter.Version) ? Kind.Written : Kind.Failed });
                break;
            case Kind.Failed:
                Send(letter with { Kind = Kind.Read }, WaitOf(letter.Client));
                break;
            default:
                break;
        }
    }

    bool Write(long version)
    {
        _writes++;
        if (version != _version)
            return false;
        _version++;
        return true;
    }

    double WaitOf(int client) => _waits[client] = contention.Strategy.Wait(
        ++_failures[client], _waits[client], contention.BaseMs, contention.CapMs, random());

    void Send(Letter letter, double afterMs = 0) => _onTheWay.Enqueue(letter, _now + afterMs + Delay());

    // Of a normal distribution, by Box and Muller.
    double Delay()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - random()));
        var normal = radius * Math.Cos(2 * Math.PI * random());
        return Math.Abs(contention.DelayMs + (contention.DeviationMs * normal));
    }

    static double[] FirstWaits(Contention contention)
    {
        var waits = new double[contention.Clients];
        Array.Fill(waits, contention.BaseMs);
        return waits;
    }

    readonly record struct Letter(Kind Kind, int Client, long Version);
}
