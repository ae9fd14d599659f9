using Steelyard.Histories;

namespace Steelyard.Checks;

/// <summary>Stands behind the mistake that a file of spans came without a map of them: a map to start
/// from.</summary>
internal sealed class SpansWithoutMapException(string survey) : Exception("no map of spans")
{
    /// <summary>What stands in the file, as a map to start from.</summary>
    public string Survey => survey;

    /// <summary>The one line that is told.</summary>
    public static UserMistakeException In(string path, string survey) => new(
        $"{path}: expected --spans map.yaml, which says which spans are operations, found none; a map to"
            + " start from is printed", new SpansWithoutMapException(survey));
}
