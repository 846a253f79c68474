import org.neo4j.server.CommunityBootstrapper;
import org.neo4j.server.NeoBootstrapper;

/** Starts the community server of 2026, whose jars hold no class with a main method for it. */
public final class Run {
    public static void main(String[] arguments) {
        int status = NeoBootstrapper.start(new CommunityBootstrapper(), arguments);
        if (status != NeoBootstrapper.OK) {
            System.exit(status);
        }
    }
}
