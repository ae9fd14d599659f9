using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Storage;

namespace Steelyard.Designs.Quorum;

/// <summary>Orders writes: by counter, then by writer (Lynch and Shvartsman 1997, section 3).</summary>
readonly record struct Tag(long Counter, long Writer) : IComparable<Tag>
{
    public int CompareTo(Tag other) =>
        Counter != other.Counter ? Counter.CompareTo(other.Counter) : Writer.CompareTo(other.Writer);
}

/// <summary>One write event of one server.</summary>
readonly record struct Dot(int Server, long Number);

/// <summary>For each server how many of its write events are covered; sorted by server, none twice.
/// Immutable.</summary>
sealed class VersionVector
{
    readonly (int Server, long Number)[] _entries;

    VersionVector((int, long)[] entries) => _entries = entries;

    public static VersionVector Empty { get; } = new([]);

    public int SizeBytes => 4 + (12 * _entries.Length);

    public ReadOnlySpan<(int Server, long Number)> Entries => _entries;

    public long this[int server]
    {
        get
        {
            foreach (var (known, number) in _entries)
                if (known == server)
                    return number;
            return 0;
        }
    }

    public bool Covers(Dot dot) => this[dot.Server] >= dot.Number;

    public bool Covers(VersionVector other)
    {
        foreach (var (server, number) in other._entries)
            if (this[server] < number)
                return false;
        return true;
    }

    public VersionVector With(Dot dot)
    {
        if (Covers(dot))
            return this;
        var entries = _entries.Where(entry => entry.Server != dot.Server).Append((dot.Server, dot.Number));
        return new([.. entries.OrderBy(entry => entry.Item1)]);
    }

    public VersionVector Join(VersionVector other)
    {
        var joined = this;
        foreach (var (server, number) in other._entries)
            joined = joined.With(new(server, number));
        return joined;
    }
}

/// <summary>A value with what says how it relates to others: a tag (last writer wins), or the event that
/// wrote it and the events its writer had seen.</summary>
sealed record Version(Value Value, Tag Tag, Dot Dot, VersionVector Seen)
{
    public static Version Tagged(Value value, Tag tag) => new(value, tag, default, VersionVector.Empty);

    /// <summary>Tells it from every other version of its key.</summary>
    public (Tag, Dot) Name => (Tag, Dot);

    public int SizeBytes => 28 + Seen.SizeBytes + Message.SizeOf(Value);

    /// <summary>Its place in lists, so that equal sets are equal lists.</summary>
    public (int, long) Place => (Dot.Server, Dot.Number);

    public void WriteTo(RecordWriter record)
    {
        record.Add(Value).Add(Tag.Counter).Add(Tag.Writer).Add(Dot.Server).Add(Dot.Number);
        record.Add(Seen.Entries.Length);
        foreach (var (server, number) in Seen.Entries)
            record.Add(server).Add(number);
    }

    public static Version ReadFrom(ref RecordReader record)
    {
        var value = record.Value();
        var tag = new Tag(record.Number(), record.Number());
        var dot = new Dot((int)record.Number(), record.Number());
        var seen = VersionVector.Empty;
        for (var left = record.Number(); left > 0; left--)
            seen = seen.With(new((int)record.Number(), record.Number()));
        return new(value, tag, dot, seen);
    }
}

/// <summary>How versions of a key merge: associative, commutative and idempotent, so order and repeats do
/// not matter.</summary>
static class Merging
{
    /// <summary>The versions of both sets that no other one replaces, in a fixed order.</summary>
    public static Version[] Merge(this VersionResolution resolution, Version[] left, Version[] right)
    {
        if (left.Length == 0 || right.Length == 0)
            return left.Length == 0 ? right : left;
        if (resolution == VersionResolution.Lww)
            return left[0].Tag.CompareTo(right[0].Tag) >= 0 ? left : right;
        var kept = new List<Version>();
        foreach (var version in left)
            if (!right.Any(other => resolution.Replaces(other, version)))
                kept.Add(version);
        foreach (var version in right)
            if (!left.Any(other => other.Dot == version.Dot || resolution.Replaces(other, version)))
                kept.Add(version);
        return [.. kept.OrderBy(version => version.Place)];
    }

    /// <summary>
    /// A dot is one event, exactly; so a writer replaces just the versions it had seen. Folded into the
    /// vector, as plain version vectors have it, the dot claims all earlier events of its server, too,
    /// those of clients that wrote at the same time through the same server included: their versions are
    /// lost (Preguiça et al. 2010, section 3).
    /// </summary>
    static bool Replaces(this VersionResolution resolution, Version later, Version earlier) =>
        later.Dot != earlier.Dot
        && (resolution == VersionResolution.Dotted
            ? later.Seen.Covers(earlier.Dot)
            : later.Seen.With(later.Dot).Covers(earlier.Seen.With(earlier.Dot)));

    /// <summary>Everything a set of versions covers: what a client that read them has seen.</summary>
    public static VersionVector Context(this Version[] versions)
    {
        var seen = VersionVector.Empty;
        foreach (var version in versions)
            seen = seen.Join(version.Seen).With(version.Dot);
        return seen;
    }

    /// <summary>What a client sees: the value, or the list of siblings when there are several.</summary>
    public static Value Shown(this Version[] versions) => versions.Length switch
    {
        0 => Value.Nil,
        1 => versions[0].Value,
        _ => Value.List([.. versions.Select(version => version.Value)]),
    };

    public static int SizeOf(Version[] versions)
    {
        var size = 4;
        foreach (var version in versions)
            size += version.SizeBytes;
        return size;
    }
}
