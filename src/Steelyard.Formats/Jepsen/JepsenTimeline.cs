using Steelyard.Histories;

namespace Steelyard.Formats.Jepsen;

/// <summary>The page that Jepsen draws of a run, <c>timeline.html</c>. It leaves out what is long and cannot
/// be judged; the history stands beside it.</summary>
internal static class JepsenTimeline
{
    /// <summary>Refuses such a page, and says what to take instead.</summary>
    /// <exception cref="UserMistakeException">It is one.</exception>
    public static void MustNotBe(FileHead head, string name)
    {
        var isPage = head.Text.StartsWith('<')
            && head.Text.Contains("class=\"op ", StringComparison.Ordinal)
            && head.Text.Contains(" id=\"i", StringComparison.Ordinal);
        if (!isPage)
            return;
        var folder = Path.GetDirectoryName(name) is { Length: > 0 } known ? known + "/" : "";
        var beside = Array.Find(
            ["history.edn", "history.txt", "history.edn.gz", "history.txt.gz"],
            history => File.Exists(folder + history)) ?? "history.edn";
        throw new UserMistakeException(
            $"{name} is a page that Jepsen drew of a run, not its history: expected {folder}{beside} beside"
            + " it");
    }
}
