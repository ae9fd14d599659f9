using Steelyard.Analysis.Measurements.Confidence;

namespace Steelyard.Analysis.Laws.Quorums;

/// <summary>
/// Trials of one write and one read after it: how long each took, and how long after the write's
/// acknowledgement the read would have had to begin to see it (Bailis et al. 2012, section 4.3, equation 4).
/// </summary>
public sealed class WarsTrials
{
    const int EmulatedSearches = 201;
    const int PublishedTrials = 50_000;

    readonly double[] _writes;
    readonly double[] _reads;
    readonly double[] _visible;

    WarsTrials(double[] writes, double[] reads, double[] visible) =>
        (_writes, _reads, _visible) = (writes, reads, visible);

    /// <summary>How many there were.</summary>
    public int Count => _visible.Length;

    /// <summary>Does trials.</summary>
    /// <param name="model">How long messages take.</param>
    /// <param name="quorum">N, R and W.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="uniform">Numbers drawn evenly from 0 up to 1.</param>
    public static WarsTrials Run(WarsModel model, StrictQuorum quorum, int count, Func<double> uniform)
    {
        var (writes, reads, visible) = (new double[count], new double[count], new double[count]);
        var trial = new Trial(model, quorum, uniform);
        for (var i = 0; i < count; i++)
            (writes[i], reads[i], visible[i]) = trial.Next();
        Array.Sort(writes);
        Array.Sort(reads);
        Array.Sort(visible);
        return new(writes, reads, visible);
    }

    /// <summary>The time that a share of the writes stays within, in milliseconds.</summary>
    public Estimate WriteMs(double share) => Quantile(_writes, share);

    /// <summary>The time that a share of the reads stays within, in milliseconds.</summary>
    public Estimate ReadMs(double share) => Quantile(_reads, share);

    /// <summary>t-visibility: so long after a write a share of the reads sees it, in milliseconds.</summary>
    public Estimate VisibleMs(double share) => Quantile(_visible, share);

    /// <summary>The probability that a read sees the write when it begins so long after it.</summary>
    /// <param name="afterMs">In milliseconds, at least 0.</param>
    public Estimate SeenAfter(double afterMs)
    {
        var seen = WilsonInterval.Of(CountUpTo(afterMs), Count);
        return new(seen.Estimate, seen.Low, seen.High);
    }

    /// <summary>
    /// The paper's own way to t-visibility: for each t on a grid the share of 50,000 fresh trials; the first
    /// t
    /// whose share is enough is told. It comes out too low, since one lucky share ends it. Done many times:
    /// the median, and where nine of ten lie. The count of a share of fresh trials is drawn from the trials
    /// at hand.
    /// </summary>
    /// <param name="share">As 0.999.</param>
    /// <param name="stepMs">Of the grid, above 0.</param>
    /// <param name="uniform">Numbers drawn evenly from 0 up to 1.</param>
    public Estimate PublishedVisibleMs(double share, double stepMs, Func<double> uniform)
    {
        var found = new double[EmulatedSearches];
        var allowed = (int)Math.Floor((PublishedTrials * (1 - share)) + 1e-9);
        for (var i = 0; i < found.Length; i++)
        {
            var step = 0;
            while (Missed(1 - ((double)CountUpTo(step * stepMs) / Count), allowed, uniform) > allowed)
                step++;
            found[i] = step * stepMs;
        }

        Array.Sort(found);
        return new(found[found.Length / 2], found[found.Length / 20], found[found.Length * 19 / 20]);
    }

    // A binomial count by its gaps, which are geometric; more than are allowed is all that matters.
    static int Missed(double probability, int allowed, Func<double> uniform)
    {
        if (probability <= 0)
            return 0;
        if (probability >= 1)
            return PublishedTrials;
        var (missed, at, log) = (0, 0.0, Math.Log(1 - probability));
        while (missed <= allowed)
        {
            at += Math.Floor(Math.Log(1 - uniform()) / log) + 1;
            if (at > PublishedTrials)
                return missed;
            missed++;
        }

        return missed;
    }

    int CountUpTo(double ms)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _visible[middle] <= ms ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    // Of a sorted sample the places between which the true quantile lies are those of a binomial count.
    static Estimate Quantile(double[] sorted, double share)
    {
        var place = share * sorted.Length;
        var spread = 1.96 * Math.Sqrt(sorted.Length * share * (1 - share));
        return new(At(place), At(place - spread), At(place + spread));

        double At(double where) =>
            sorted[Math.Clamp((int)Math.Ceiling(where) - 1, 0, sorted.Length - 1)];
    }

    sealed class Trial(WarsModel model, StrictQuorum quorum, Func<double> uniform)
    {
        readonly double[] _arrives = new double[quorum.Replicas];
        readonly double[] _acknowledged = new double[quorum.Replicas];
        readonly double[] _asked = new double[quorum.Replicas];
        readonly double[] _answered = new double[quorum.Replicas];

        public (double Write, double Read, double Visible) Next()
        {
            var (writer, reader) = model.FarMs > 0 ? (Pick(), Pick()) : (0, 0);
            for (var replica = 0; replica < quorum.Replicas; replica++)
            {
                var (toWriter, toReader) =
                    (replica == writer ? 0 : model.FarMs, replica == reader ? 0 : model.FarMs);
                _arrives[replica] = model.Write.At(uniform()) + toWriter;
                _acknowledged[replica] = _arrives[replica] + model.Rest.At(uniform()) + toWriter;
                _asked[replica] = model.Rest.At(uniform()) + toReader;
                _answered[replica] = _asked[replica] + model.Rest.At(uniform()) + toReader;
            }

            Array.Sort(_acknowledged);
            var write = _acknowledged[quorum.Writes - 1];
            return Seen(write);
        }

        // The replicas whose answers count are the first R; the last of them ends the read.
        (double, double, double) Seen(double write)
        {
            var (read, visible) = (0.0, double.PositiveInfinity);
            for (var answer = 0; answer < quorum.Reads; answer++)
            {
                var first = 0;
                for (var replica = 1; replica < quorum.Replicas; replica++)
                    if (_answered[replica] < _answered[first])
                        first = replica;
                read = _answered[first];
                visible = Math.Min(visible, _arrives[first] - write - _asked[first]);
                _answered[first] = double.PositiveInfinity;
            }

            return (write, read, Math.Max(0, visible));
        }

        int Pick() => Math.Min((int)(uniform() * quorum.Replicas), quorum.Replicas - 1);
    }
}
