namespace Microsoft.ML.Nas.Studies;

/// <summary>What a search saves on its way, by name. A save is all or nothing: a reader sees the old content or the new.</summary>
internal interface ICheckpoints
{
    /// <summary>The content saved last; null where there is none. The caller disposes it.</summary>
    /// <exception cref="StudyException">The content is damaged, or was written by a newer version.</exception>
    Stream? OpenRead(string name);

    /// <summary>Saves content in place of what the name held.</summary>
    /// <param name="name">Letters, digits, spaces, dots and dashes.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="StudyException">The content cannot be written, as when the disk is full; what the name held is still there.</exception>
    void Save(string name, Action<Stream> write);

    /// <summary>Forgets what a name holds, if anything.</summary>
    void Delete(string name);
}
