using System.Globalization;

namespace Steelyard.Analysis.Staleness;

/// <summary>How stale a read may be: for so long, or by so many versions.</summary>
public readonly record struct StalenessLimit
{
    const long NanosecondsPerTick = 100;

    readonly long _most;
    readonly bool _isTime;

    StalenessLimit(long most, bool isTime)
    {
        _most = most;
        _isTime = isTime;
    }

    /// <summary>A newer version may have been complete for so long when the read begins.</summary>
    /// <param name="bound">Zero or more.</param>
    public static StalenessLimit Of(TimeSpan bound) => new(bound.Ticks * NanosecondsPerTick, isTime: true);

    /// <summary>So many newer versions may have been complete when the read begins (k-staleness; Bailis et
    /// al. 2012, section 3.1).</summary>
    /// <param name="versions">Zero or more.</param>
    public static StalenessLimit Of(int versions) => new(versions, isTime: false);

    /// <summary>Whether it needs a recording with times.</summary>
    internal bool IsTime => _isTime;

    /// <summary>What is limited, of one read.</summary>
    internal long Measure(StaleRead read) => _isTime ? read.StalenessNs : read.Versions;

    /// <summary>Whether a read is staler than that.</summary>
    internal bool IsBrokenBy(StaleRead read) => Measure(read) > _most;

    /// <summary>A read's staleness, as people write it.</summary>
    internal string Written(StaleRead read) => Written(Measure(read));

    /// <summary>As <c>--staleness</c> takes it: <c>100ms</c>, or <c>3</c> versions.</summary>
    public string Word => _isTime
        ? FormattableString.Invariant($"{_most / 1e6:0.######}ms")
        : _most.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string ToString() => Written(_most);

    string Written(long measure)
    {
        if (!_isTime)
            return measure == 1 ? "1 version"
                : $"{measure.ToString("N0", CultureInfo.InvariantCulture)} versions";
        var time = TimeSpan.FromTicks(measure / NanosecondsPerTick);
        return time < TimeSpan.FromSeconds(1)
            ? FormattableString.Invariant($"{time.TotalMilliseconds:0.###} ms")
            : FormattableString.Invariant($"{time.TotalSeconds:0.###} s");
    }
}
