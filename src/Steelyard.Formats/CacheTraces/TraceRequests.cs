using Steelyard.Histories;

namespace Steelyard.Formats.CacheTraces;

/// <summary>Gathers the requests of a trace, and numbers its objects.</summary>
internal sealed class TraceRequests(string path)
{
    readonly Dictionary<ulong, int> _numbers = [];
    readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    readonly List<int> _objects = [];
    readonly List<int> _sizes = [];
    int _passedOver;

    /// <summary>Adds a request for an object known by a number.</summary>
    public void Add(ulong number, int size)
    {
        if (!_numbers.TryGetValue(number, out var item))
            _numbers.Add(number, item = _numbers.Count);
        _objects.Add(item);
        _sizes.Add(size);
    }

    /// <summary>Adds a request for an object known by a text.</summary>
    public void Add(string name, int size)
    {
        if (!_names.TryGetValue(name, out var item))
            _names.Add(name, item = _names.Count);
        _objects.Add(item);
        _sizes.Add(size);
    }

    /// <summary>A line is no request.</summary>
    public void PassOver() => _passedOver++;

    /// <summary>All of them.</summary>
    /// <exception cref="UserMistakeException">There is none.</exception>
    public CacheTrace Trace(string format, bool? hasSizes = null) => _objects.Count == 0
        ? throw new UserMistakeException($"{path}: expected requests, found none")
        : new(
            format, [.. _objects], hasSizes ?? format == "oracle-general" ? [.. _sizes] : null,
            Math.Max(_numbers.Count, _names.Count), _passedOver);
}
