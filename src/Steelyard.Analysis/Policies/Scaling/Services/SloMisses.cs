namespace Steelyard.Analysis.Policies.Scaling.Services;

/// <summary>
/// Requests that waited longer than they may. They are served in the order in which they came, so that one
/// waits until as many were served as came before it: the distance between two curves, of what came and of
/// what was served.
/// </summary>
internal sealed class SloMisses
{
    // Up to the end of each step.
    readonly List<double> _came = [0];
    readonly List<double> _served = [0];
    readonly double _step;

    /// <param name="step">How long a step is, in seconds.</param>
    public SloMisses(double step) => _step = step;

    /// <summary>Adds a step.</summary>
    /// <param name="came">Requests that came in it.</param>
    /// <param name="served">Requests that were served in it.</param>
    public void Add(double came, double served)
    {
        _came.Add(_came[^1] + came);
        _served.Add(_served[^1] + served);
    }

    /// <summary>How many that came from a step on waited longer than a limit.</summary>
    /// <param name="from">The first step.</param>
    /// <param name="limit">In seconds, at least 0.</param>
    public double After(int from, double limit)
    {
        var (missed, at) = (0.0, 0);
        for (var step = from; step + 1 < _came.Count; step++)
        {
            var came = _came[step + 1] - _came[step];
            if (came <= 0)
                continue;
            var first = WaitOf(_came[step], step * _step, ref at);
            var last = WaitOf(_came[step + 1], (step + 1) * _step, ref at);
            missed += came * ShareAbove(first, last, limit);
        }

        return missed;
    }

    // The curve of what was served is looked at from where it was left: what came later is served later.
    double WaitOf(double request, double came, ref int at)
    {
        // A hair below, so that what is served as it comes does not wait for the next step.
        var wanted = request - (1e-9 * Math.Max(1, request));
        while (at + 1 < _served.Count && _served[at + 1] < wanted)
            at++;
        if (at + 1 >= _served.Count)
            return double.PositiveInfinity;
        var part = (wanted - _served[at]) / Math.Max(double.Epsilon, _served[at + 1] - _served[at]);
        return Math.Max(0, ((at + Math.Clamp(part, 0, 1)) * _step) - came);
    }

    static double ShareAbove(double first, double last, double limit)
    {
        var (low, high) = (Math.Min(first, last), Math.Max(first, last));
        if (high <= limit + 1e-9)
            return 0;
        return low > limit || double.IsPositiveInfinity(high) ? 1 : (high - limit) / (high - low);
    }
}
