namespace Steelyard.Analysis.Policies.Retries;

/// <summary>The wait before a retry.</summary>
/// <param name="Retry">Which: 1 for the first.</param>
/// <param name="LeastMs">The least it can be.</param>
/// <param name="MeanMs">Its mean.</param>
/// <param name="MostMs">The most it can be.</param>
public readonly record struct ExpectedWait(int Retry, double LeastMs, double MeanMs, double MostMs);

/// <summary>The waits of a strategy, one after the other.</summary>
public static class WaitTimeline
{
    /// <summary>The waits before the first retries of a call that always fails.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="baseMs">The base, above 0.</param>
    /// <param name="capMs">The most a wait takes, at least the base.</param>
    /// <param name="retries">How many.</param>
    public static IReadOnlyList<ExpectedWait> Of(Backoff strategy, double baseMs, double capMs, int retries)
    {
        var waits = new ExpectedWait[retries];
        var (least, most) = (baseMs, baseMs);
        var spread = new Spread(strategy, baseMs, capMs);
        for (var retry = 0; retry < retries; retry++)
        {
            least = strategy.Wait(retry, least, baseMs, capMs, 0);
            most = strategy.Wait(retry, most, baseMs, capMs, 1);
            waits[retry] = new(retry + 1, least, spread.Next(retry), most);
        }

        return waits;
    }

    /// <summary>How the wait before is spread: the shares of values between base and cap, which grow from
    /// one to the next by the same factor.</summary>
    sealed class Spread(Backoff strategy, double baseMs, double capMs)
    {
        const int Values = 400;
        const int Draws = 128;

        readonly double _growth = Math.Max(1e-9, Math.Log(capMs / baseMs) / (Values - 1));
        double[] _shares = [1, .. new double[Values - 1]];

        /// <summary>Goes on to the next wait, and gives its mean.</summary>
        public double Next(int retry)
        {
            var (next, mean) = (new double[Values], 0.0);
            for (var value = 0; value < Values; value++)
                for (var draw = 0; draw < Draws && _shares[value] > 0; draw++)
                {
                    var drawn = (draw + 0.5) / Draws;
                    var wait = strategy.Wait(retry, At(value), baseMs, capMs, drawn);
                    mean += _shares[value] / Draws * wait;
                    Put(next, _shares[value] / Draws, wait);
                }

            _shares = next;
            return mean;
        }

        // Between two values, so that the mean stays.
        void Put(double[] shares, double share, double wait)
        {
            var value = (int)Math.Clamp(Math.Log(Math.Max(wait, baseMs) / baseMs) / _growth, 0, Values - 2);
            var (low, high) = (At(value), At(value + 1));
            var part = Math.Clamp((wait - low) / (high - low), 0, 1);
            shares[value] += share * (1 - part);
            shares[value + 1] += share * part;
        }

        double At(int value) => baseMs * Math.Exp(_growth * value);
    }
}
